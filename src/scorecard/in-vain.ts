// What a client asks for under a fault, operation by operation: when it was mostly in vain, and how often it would have been asked for.
import { type Attempt, calmOf, type Evidence, type Span } from './evidence.ts';
import { neededBy, reachOf, type Step } from './needed-steps.ts';
import { arrivedIn, countIn, lengthOf } from './spans.ts';
import { isServed } from './trace.ts';

/** The demand that must be declared, so many operations a second: less of it is silence by itself. */
export const MIN_DEMAND = 20;
/** Fewer attempts before the fault say nothing of how often something is asked for. */
const MIN_CALM = 20;
/** Who has waited for so long for what is still open waits in vain. */
const PATIENCE_MS = 5000;
/** More failures than good answers by so many standard deviations, and by so many: chance hardly makes them where most is answered. */
const NO_CHANCE = 2;
const MIN_EXCESS = 3;
const SECOND_MS = 1000;

export const DEMAND_NEEDED = `Say what is asked of it all the time, at least ${MIN_DEMAND}/s: without that, silence may be a lack of buyers.`;

/** One operation under one fault. */
export interface Asked {
  readonly operation: string;
  readonly fault: Span;
  /** Under the fault, by arrival, at least one. */
  readonly attempts: readonly Attempt[];
  readonly served: number;
  /** Those that failed, or were open for long. */
  readonly vain: number;
  /** How often its client asks for it in the calm, in attempts a second; without a calm, as often as is declared. */
  readonly perS: number;
  /** Undefined: it was mostly answered. */
  readonly struck: Struck | undefined;
}

/** The stretch of a fault in which there were the most failures above good answers. */
export interface Struck {
  /** From the first attempt in vain until the next that is served after the last one, or until the fault ends. */
  readonly span: Span;
  /** Within it, by arrival. */
  readonly attempts: readonly Attempt[];
  /** How often it would have been asked for, had its client gone on as in the calm, in attempts a second. */
  readonly perS: number;
  /** Operations that failed too, and that must be served before this one is asked for, as far as can be seen. */
  readonly needs: readonly string[];
}

type ByOperation = ReadonlyMap<string, readonly Attempt[]>;

/** All that was asked for, under each of the faults. */
export const askedOf = (evidence: Evidence, byOperation: ByOperation): Asked[] =>
  evidence.faults.flatMap((fault) => askedUnder(fault, evidence, byOperation));

function askedUnder(fault: Span, evidence: Evidence, byOperation: ByOperation): Asked[] {
  const perS = usualPerS(evidence);
  const longAgo = evidence.whole.to - PATIENCE_MS;
  const asked = [...byOperation].flatMap(([operation, all]) => {
    const attempts = arrivedIn(all, fault);
    if (attempts.length === 0) return [];
    const { served, vain, worst } = fatesOf(attempts, longAgo);
    const span = worst && spanOf(attempts, worst, fault);
    return { operation, fault, attempts, served, vain, perS: perS(all), span };
  });
  return asked.map(({ span, ...one }) => ({ ...one, struck: span && struckIn(span, one, asked, longAgo) }));
}

const spanOf = (attempts: readonly Attempt[], { first, last }: NonNullable<Fates['worst']>, fault: Span): Span => ({
  from: (attempts[first] as Attempt).at,
  to: attempts[last + 1]?.at ?? fault.to,
});

type Counted = Pick<Asked, 'operation' | 'attempts' | 'served' | 'vain' | 'perS'>;

function struckIn(span: Span, one: Counted, all: readonly Counted[], longAgo: number): Struck {
  const steps = all.map(({ operation, perS, attempts }): Step => {
    const within = arrivedIn(attempts, span);
    const { served, vain } = fatesOf(within, longAgo);
    return { operation, perS, count: within.length, served, vain };
  });
  const needed = neededBy(one.operation, steps);
  return {
    ...{ span, attempts: arrivedIn(one.attempts, span), perS: one.perS * reachOf(needed) },
    needs: needed.map(({ operation }) => operation),
  };
}

/**
 * How often it would have been asked for under its fault, in attempts a second, had its client gone on as in the calm: a step of a
 * purchase comes no more often than those before it are served.
 */
export function expectedPerS(one: Asked, all: readonly Asked[]): number {
  const under = all.filter(({ fault }) => fault === one.fault);
  const steps = under.map((asked): Step => ({ ...asked, count: asked.attempts.length }));
  return one.perS * reachOf(neededBy(one.operation, steps));
}

/** How often a client asks for those attempts in the calm, a second; without a calm, as often as is declared. */
export function usualPerS(evidence: Evidence): (attempts: readonly Attempt[]) => number {
  const calm = calmOf(evidence);
  if (!calm || countIn(evidence.attempts, calm) < MIN_CALM) return () => evidence.demand ?? 0;
  return (attempts) => (countIn(attempts, calm) / lengthOf(calm)) * SECOND_MS;
}

/** Undefined: nobody knows yet. */
const isInVain = (attempt: Attempt, longAgo: number): boolean | undefined =>
  isServed(attempt) ? false : attempt.endedAt !== null || attempt.at <= longAgo ? true : undefined;

interface Fates {
  readonly served: number;
  readonly vain: number;
  /** The segment of the greatest sum, where a failure is 1 and a good answer -1; undefined where chance may have made it. */
  readonly worst: { readonly first: number; readonly last: number } | undefined;
}

function fatesOf(attempts: readonly Attempt[], longAgo: number): Fates {
  let [served, vain] = [0, 0];
  let [excess, since, sinceDecided] = [0, 0, 0];
  let [most, first, last, decided] = [0, 0, 0, 0];
  for (let place = 0; place < attempts.length; place++) {
    const isVain = isInVain(attempts[place] as Attempt, longAgo);
    if (isVain === undefined) continue;
    if (excess === 0) [since, sinceDecided] = [place, served + vain];
    if (isVain) vain++;
    else served++;
    excess = Math.max(0, excess + (isVain ? 1 : -1));
    if (excess > most) [most, first, last, decided] = [excess, since, place, served + vain - sinceDecided];
  }
  const needed = Math.max(MIN_EXCESS, Math.min(decided, NO_CHANCE * Math.sqrt(decided)));
  return { served, vain, worst: most < needed ? undefined : { first, last } };
}
