// What a client asks for in vain under a fault, operation by operation, and how often it is asked for when all is well.
import type { Case } from './criterion.ts';
import { type Attempt, calmOf, type Evidence, type Span } from './evidence.ts';
import { arrivedIn, countIn, lengthOf } from './spans.ts';
import { isServed } from './trace.ts';

/** The demand that must be declared, so many operations a second: less of it is silence by itself. */
export const MIN_DEMAND = 20;
/** Fewer attempts before the fault say nothing of how often something is asked for. */
const MIN_CALM = 20;
/** Where less of what is asked for is in vain, a breaker has no reason to open. */
const VAIN_SHARE = 0.5;
const SECOND_MS = 1000;

export const DEMAND_NEEDED = `Say what is asked of it all the time, at least ${MIN_DEMAND}/s: without that, silence may be a lack of buyers.`;

/** One operation under a fault. */
export interface Asked {
  readonly operation: string;
  /** By arrival. */
  readonly attempts: readonly Attempt[];
  /** Those that failed, or were still open long after they had come. */
  readonly vain: number;
  /** Most of what was decided was in vain. */
  readonly isStruck: boolean;
  /** How often its client asks for it in the calm, in attempts a second; without a calm, as often as is declared. */
  readonly perS: number;
}

/**
 * Each operation that was asked for under the fault; those in vain that came before `longAgo` and are still open. A declared
 * demand says that buyers were there all the time, and the calm for what they ask: a purchase has many steps.
 */
export function askedUnder({ evidence, byOperation }: Case, fault: Span, longAgo: number): Asked[] {
  const perS = ratesOf(evidence);
  return [...byOperation].flatMap(([operation, all]) => {
    const attempts = arrivedIn(all, fault);
    if (attempts.length === 0) return [];
    const { served, vain } = fatesOf(attempts, longAgo);
    const isStruck = vain > 0 && vain >= (served + vain) * VAIN_SHARE;
    return { operation, attempts, vain, isStruck, perS: perS(all) };
  });
}

function ratesOf(evidence: Evidence): (attempts: readonly Attempt[]) => number {
  const calm = calmOf(evidence);
  if (!calm || countIn(evidence.attempts, calm) < MIN_CALM) return () => evidence.demand ?? 0;
  return (attempts) => (countIn(attempts, calm) / lengthOf(calm)) * SECOND_MS;
}

function fatesOf(attempts: readonly Attempt[], longAgo: number): { served: number; vain: number } {
  let [served, vain] = [0, 0];
  for (const attempt of attempts) {
    if (isServed(attempt)) served++;
    else if (attempt.endedAt !== null || attempt.at <= longAgo) vain++;
  }
  return { served, vain };
}
