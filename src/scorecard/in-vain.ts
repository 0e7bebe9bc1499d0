// What a client asks for under a fault, operation by operation: when it was mostly in vain, and how often it would have been asked for.
import { type Attempt, calmOf, type Evidence, type Span } from './evidence.ts';
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
/** A step that is asked for by this more than the one before was served, or by so many, did not need that one. */
const SLACK = 1.1;
const SLACK_COUNT = 2;
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
  const perS = ratesOf(evidence);
  const longAgo = evidence.whole.to - PATIENCE_MS;
  const asked = [...byOperation].flatMap(([operation, all]) => {
    const attempts = arrivedIn(all, fault);
    if (attempts.length === 0) return [];
    const fates = fatesOf(attempts, longAgo);
    const span = fates.vain < MIN_EXCESS ? undefined : vainSpan(attempts, fault, longAgo);
    return { operation, fault, attempts, ...fates, perS: perS(all), span };
  });
  return asked.map((one) => {
    const { span, ...rest } = one;
    return { ...rest, struck: span && struckIn(span, one, asked, longAgo) };
  });
}

function struckIn(span: Span, one: Step, all: readonly Step[], longAgo: number): Struck {
  const attempts = arrivedIn(one.attempts, span);
  const needed = neededOf(one, attempts.length, all, (step) => fatesOf(arrivedIn(step.attempts, span), longAgo));
  return { span, attempts, perS: one.perS * reachOf(needed), needs: needed.map(({ operation }) => operation) };
}

/**
 * How often each would have been asked for under the fault, in attempts a second, had its client gone on as in the calm: a
 * step of a purchase comes no more often than those before it are served.
 */
export const expectedPerS = (under: readonly Asked[]): number[] =>
  under.map((one) => one.perS * reachOf(neededOf(one, one.attempts.length, under, (step) => step)));

type Step = Pick<Asked, 'operation' | 'attempts' | 'served' | 'vain' | 'perS'>;

interface Fates {
  readonly served: number;
  readonly vain: number;
}

interface Needed {
  readonly operation: string;
  /** Of what was decided. */
  readonly servedShare: number;
}

/** The steps of which it came no more often than they were served: it came so often. */
function neededOf<Other extends Step>(
  step: Step,
  count: number,
  all: readonly Other[],
  fates: (one: Other) => Fates,
): Needed[] {
  return all.flatMap((other) => {
    const { operation, perS } = other;
    if (operation === step.operation || other.vain === 0 || perS === 0) return [];
    const { served, vain } = fates(other);
    const mostAfter = served * (step.perS / perS) * SLACK + SLACK_COUNT;
    return served + vain > 0 && count <= mostAfter ? { operation, servedShare: served / (served + vain) } : [];
  });
}

/** The share of buyers who come through all of them. */
const reachOf = (needed: readonly Needed[]): number =>
  needed.reduce((reach, { servedShare }) => reach * servedShare, 1);

function ratesOf(evidence: Evidence): (attempts: readonly Attempt[]) => number {
  const calm = calmOf(evidence);
  if (!calm || countIn(evidence.attempts, calm) < MIN_CALM) return () => evidence.demand ?? 0;
  return (attempts) => (countIn(attempts, calm) / lengthOf(calm)) * SECOND_MS;
}

/** Undefined: nobody knows yet. */
const isInVain = (attempt: Attempt, longAgo: number): boolean | undefined =>
  isServed(attempt) ? false : attempt.endedAt !== null || attempt.at <= longAgo ? true : undefined;

function fatesOf(attempts: readonly Attempt[], longAgo: number): Fates {
  let [served, vain] = [0, 0];
  for (const attempt of attempts) {
    const isVain = isInVain(attempt, longAgo);
    if (isVain) vain++;
    else if (isVain === false) served++;
  }
  return { served, vain };
}

/** The segment of the greatest sum, where a failure is 1 and a good answer -1; undefined where chance may have made it. */
function vainSpan(attempts: readonly Attempt[], fault: Span, longAgo: number): Span | undefined {
  let most = { excess: 0, decided: 0, from: 0, last: 0 };
  let [excess, decided, from] = [0, 0, 0];
  for (const [place, attempt] of attempts.entries()) {
    const isVain = isInVain(attempt, longAgo);
    if (isVain === undefined) continue;
    if (excess === 0) [decided, from] = [0, place];
    excess = Math.max(0, excess + (isVain ? 1 : -1));
    decided++;
    if (excess > most.excess) most = { excess, decided, from, last: place };
  }
  const needed = Math.max(MIN_EXCESS, Math.min(most.decided, NO_CHANCE * Math.sqrt(most.decided)));
  if (most.excess < needed) return undefined;
  return { from: (attempts[most.from] as Attempt).at, to: attempts[most.last + 1]?.at ?? fault.to };
}
