// How soon the client works as before, once the upstream does.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import { type Attempt, calmOf, type Evidence, healedOf, type Span } from '../evidence.ts';
import { arrivedIn, lengthOf } from '../spans.ts';
import { estimated } from '../statistics.ts';
import { isServed } from '../trace.ts';
import { atMost, idsOf, type Limits, noData } from '../verdict.ts';

const MIN_CALM = 20;
/** It works as before where it does so for so long, and for as long as it takes until so many good answers are expected. */
const WINDOW_MS = 15_000;
const MIN_EXPECTED = 20;
const SHARE = 0.9;
/** Chance alone lets a window fall short of its mean by so many standard deviations, now and then. */
const BY_CHANCE = 2;
/** By so many more than those before would have come to, good answers show that it is back. */
const NO_CHANCE = 3;

export const recovery = defineCriterion({
  name: 'recovery',
  asks: 'How soon does it work as before, once the upstream does?',
  unit: 's',
  counts: 'judged',
  better: 'less',
  weight: 90,
  thresholds: z.strictObject({
    pass: z.number().positive().default(60).describe('seconds from the end of the last fault, at most'),
    warn: z.number().positive().default(300).describe('up to which it is a warning'),
  }),
  threshold: ({ pass, warn }) => `within ${pass} s, warns up to ${warn} s`,
  source: 'Simulation of breakers: 1.2 to 1.5 times their open time; the thresholds are our own',
  judge: ({ evidence }, limits): Finding => {
    const calm = calmOf(evidence);
    const healed = healedOf(evidence);
    const before = arrivedIn(evidence.attempts, calm).filter(isServed);
    if (!calm || !healed || before.length < MIN_CALM || lengthOf(healed) < WINDOW_MS)
      return noData(
        before.length,
        `${MIN_CALM} good answers before the fault are needed, and ${WINDOW_MS / 1000} s after it.`,
      );
    const after = arrivedIn(evidence.attempts, healed).filter(isServed);
    const perMs = before.length / lengthOf(calm);
    const watched: Watched = {
      ...{ healed, perMs, windowMs: Math.max(WINDOW_MS, Math.ceil(MIN_EXPECTED / perMs)) },
      ...{ until: Math.max(healed.from, askedUntil(evidence)), n: before.length + after.length },
    };
    const at = recoveredAt(after, watched);
    if (at !== undefined) return recovered(at, after, watched, limits);
    const mayBeBackAt = backAt(after, watched);
    return mayBeBackAt === undefined
      ? notRecovered(after, watched, evidence, limits)
      : comingBack(mayBeBackAt, after, watched, limits);
  },
});

interface Watched {
  readonly healed: Span;
  /** Good answers a millisecond before the fault. */
  readonly perMs: number;
  readonly windowMs: number;
  /** Until when it was asked for anything, as far as can be seen. */
  readonly until: number;
  /** Good answers before and after the fault. */
  readonly n: number;
}

/** Of answers by arrival, good ones after the last fault. */
type Good = readonly Attempt[];

const PROBE_SOONER = 'let its breaker probe sooner, and empty queues of what nobody waits for any more';

function recovered(at: number, after: Good, { healed, n }: Watched, limits: Limits): Finding {
  const figure = (at - healed.from) / 1000;
  const verdict = atMost(estimated(figure, 0), limits);
  const is = `It worked as before ${figure.toFixed(1)} s after the last fault`;
  const advice = verdict === 'pass' ? `${is}.` : `${is}; ${PROBE_SOONER}.`;
  return { verdict, n, figure, advice, evidence: idsOf(after), more: { censored: null } };
}

/** It looks well at the end; only where that came too late anyway is there a verdict. */
function comingBack(at: number, after: Good, { healed, windowMs, until, n }: Watched, { pass, warn }: Limits): Finding {
  const figure = (at - healed.from) / 1000;
  if (figure <= pass)
    return noData(
      n,
      `It may have worked as before from ${figure.toFixed(1)} s after the last fault on, but to say so takes ${inSeconds(windowMs)} s: ask it as before, and watch it, for ${inSeconds(at + windowMs - until)} s longer.`,
    );
  return {
    ...{ verdict: figure > warn ? 'fail' : 'warn', n, figure, evidence: idsOf(after) },
    advice: `It did not work as before for ${figure.toFixed(1)} s after the last fault at least; ${PROBE_SOONER}.`,
    more: { censored: 'it was not watched for long enough after that' },
  };
}

function notRecovered(after: Good, { healed, n }: Watched, evidence: Evidence, { pass }: Limits): Finding {
  const figure = lengthOf(healed) / 1000;
  const last = evidence.attempts.at(-1)?.at ?? 0;
  return {
    ...{ verdict: figure > pass ? 'fail' : 'warn', n, figure, evidence: idsOf(after) },
    advice: `It did not work as before within the ${figure.toFixed(0)} s that were watched; look at breakers that stay open and at queues.`,
    more: { censored: 'it had not recovered by the end' },
    ...(evidence.demand === undefined &&
      healed.to - last > WINDOW_MS && {
        unsure: `it asked for nothing in the last ${inSeconds(healed.to - last)} s: unless you say what was asked of it all the time, that may be a lack of buyers`,
      }),
  };
}

const inSeconds = (ms: number): number => Math.ceil(ms / 1000);

/** Who was answered well and then asks for nothing more is not asked any more, unless somebody says so. */
function askedUntil({ attempts, whole, demand }: Evidence): number {
  const last = attempts.at(-1);
  return last && demand === undefined && isServed(last) ? last.at : whole.to;
}

/** Good answers in so long, at least. */
const leastIn = (ms: number, { perMs }: Watched): number => perMs * ms * SHARE - BY_CHANCE * Math.sqrt(perMs * ms);

/** The earliest moment from which on a window holds so many good answers; undefined where there is none. */
function recoveredAt(good: Good, watched: Watched): number | undefined {
  const { healed, windowMs } = watched;
  const needed = Math.ceil(leastIn(windowMs, watched));
  const fills = (start: number, first: number): boolean => {
    const last = good[first + needed - 1];
    return start + windowMs <= healed.to && last !== undefined && last.at < start + windowMs;
  };
  if (fills(healed.from, 0)) return healed.from;
  return good.find(({ at }, first) => fills(at, first))?.at;
}

/** The earliest moment from which on it looks well until the end, less than a window later; undefined where there is none. */
function backAt(good: Good, watched: Watched): number | undefined {
  const { healed, windowMs, until, perMs } = watched;
  const suffices = (start: number, first: number): boolean =>
    start + windowMs > until && good.length - first >= leastIn(until - start, watched);
  if (suffices(healed.from, 0)) return healed.from;
  return good.find(({ at }, first) => {
    if (!suffices(at, first)) return false;
    const asBefore = ((first + 1) * (until - at + 1 / perMs)) / Math.max(1, at - healed.from);
    return good.length - first > asBefore + NO_CHANCE * Math.sqrt(asBefore);
  })?.at;
}
