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
  'cockatiel with a bulkhead': async () => (await import('./with-cockatiel.ts')).withBulkhead(),
  'cockatiel with budget and breaker': async () => (await import('./with-cockatiel.ts')).withBudgetAndBreaker(),
  'undici with RetryAgent': async () => (await import('./with-retry-agent.ts')).withRetryAgent(),
  'undici with a short RetryAgent': async () => (await import('./with-retry-agent.ts')).withShortRetryAgent(),
  'node:http that keeps connections': async () => (await import('./pooled.ts')).keeping(),
  'node:http that drops connections': async () => (await import('./pooled.ts')).dropping(),
  'one that hedges': async () => (await import('./hedging.ts')).hedging(),
  'a breaker of ten probes, opened by the first': async () => (await import('./bursting.ts')).openedByFirst(),
  'a breaker of ten probes, opened by the last': async () => (await import('./bursting.ts')).openedByLast(),
  'one that heeds Retry-After': async () => (await import('./plain.ts')).heeding(),
  'one that comes back early': async () => (await import('./plain.ts')).hasty(),
  'one that says which seat map it has': async () => (await import('./browsing.ts')).conditional(),
  'one that asks for the seat map anew': async () => (await import('./browsing.ts')).unconditional(),
  'one that trusts any 200': async () => (await import('./trusting.ts')).trusting(),
  'one that looks for JSON': async () => (await import('./trusting.ts')).looking(),
  'one that doubles orders': async () => (await import('./buying.ts')).doubling(),
  'one that repeats under its key': async () => (await import('./buying.ts')).repeating(),
} as const satisfies Record<string, () => Promise<Manner>>;

export type MannerName = keyof typeof MANNERS;

export const isMannerName = (name: string | undefined): name is MannerName => name !== undefined && name in MANNERS;
