// Every client under calibration, by name; each process loads its own alone.
import type { Manner } from './manner.ts';

export const MANNERS = {
  'undici without limits': async () => (await import('./plain.ts')).unbounded(),
  'undici with AbortSignal': async () => (await import('./plain.ts')).withSignal(),
  'undici with headersTimeout': async () => (await import('./plain.ts')).withHeadersTimeout(),
  got: async () => (await import('./with-got.ts')).gotten(),
  'axios with axios-retry': async () => (await import('./with-axios.ts')).withAxios(),
  'opossum that aborts': async () => (await import('./with-opossum.ts')).opossumThatAborts(),
  'opossum that leaves open': async () => (await import('./with-opossum.ts')).opossumThatLeavesOpen(),
  cockatiel: async () => (await import('./with-cockatiel.ts')).withCockatiel(),
  'cockatiel with half jitter': async () => (await import('./with-cockatiel.ts')).withHalfJitter(),
  'cockatiel with a constant delay': async () => (await import('./with-cockatiel.ts')).withConstantDelay(),
  'cockatiel with budget and breaker': async () => (await import('./with-cockatiel.ts')).withBudgetAndBreaker(),
  'one that heeds Retry-After': async () => (await import('./plain.ts')).heeding(),
  'one that comes back early': async () => (await import('./plain.ts')).hasty(),
  'one that doubles orders': async () => (await import('./buying.ts')).doubling(),
  'one that repeats under its key': async () => (await import('./buying.ts')).repeating(),
} as const satisfies Record<string, () => Promise<Manner>>;

export type MannerName = keyof typeof MANNERS;

export const isMannerName = (name: string | undefined): name is MannerName => name !== undefined && name in MANNERS;
