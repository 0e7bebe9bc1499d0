// How soon the client works as before, once the upstream does.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import { type Attempt, calmOf, type Evidence, healedOf, type Span } from '../evidence.ts';
import { arrivedIn, countIn, lengthOf } from '../spans.ts';
import { estimated } from '../statistics.ts';
import { isServed } from '../trace.ts';
import { atMost, idsOf, type Limits, noData, worstOf } from '../verdict.ts';

const MIN_CALM = 20;
/** It works as before where it does so for so long, and for as long as it takes until so many good answers are expected. */
const WINDOW_MS = 15_000;
const MIN_EXPECTED = 20;
const SHARE = 0.9;
/** Chance alone lets a window fall short of its mean by so many standard deviations often; then one of the next does not. */
const BY_CHANCE = 1;
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
  judge: ({ evidence, byOperation }, limits): Finding => {
    const calm = calmOf(evidence);
    const healed = healedOf(evidence);
    const all = goodIn(evidence.attempts, calm, healed);
    if (!calm || !healed || all.before.length < MIN_CALM || lengthOf(healed) < WINDOW_MS)
      return noData(
        all.before.length,
        `${MIN_CALM} good answers before the fault are needed, and ${WINDOW_MS / 1000} s after it.`,
      );
    const [until, n] = [Math.max(healed.from, askedUntil(evidence)), all.before.length + all.after.length];
    const watched = (operation: string | null, { before, after }: Good): Watched => {
      const perMs = before.length / lengthOf(calm);
      const windowMs = Math.max(WINDOW_MS, Math.ceil(MIN_EXPECTED / perMs));
      return { operation, after, healed, perMs, windowMs, until, n };
    };
    // each step by itself too: who reads as before may still sell nothing
    const struck = [...byOperation]
      .filter(([, attempts]) => isStruck(attempts, evidence) || isHeldOff(attempts, calm, evidence))
      .map(([operation, attempts]) => [operation, goodIn(attempts, calm, healed)] as const)
      .filter(([, good]) => good.before.length >= MIN_CALM)
      .map(([operation, good]) => watched(operation, good))
      .filter(({ windowMs }) => windowMs <= lengthOf(healed));
    return [...struck, watched(null, all)]
      .map((one) => findingOn(one, evidence, limits))
      .reduce((worst, one) => (isWorse(one, worst) ? one : worst));
  },
});

/** Good answers before the fault and after it, by arrival. */
interface Good {
  readonly before: readonly Attempt[];
  readonly after: readonly Attempt[];
}

interface Watched {
  /** Null: all of them. */
  readonly operation: string | null;
  /** Good answers after the last fault. */
  readonly after: Good['after'];
  readonly healed: Span;
  /** Good answers a millisecond before the fault. */
  readonly perMs: number;
  readonly windowMs: number;
  /** Until when it was asked for anything, as far as can be seen. */
  readonly until: number;
  /** Good answers before and after the fault, to whatever was asked. */
  readonly n: number;
}

/** Something that was asked for under a fault was in vain. */
const isStruck = (attempts: readonly Attempt[], { faults }: Evidence): boolean =>
  faults.some((fault) => arrivedIn(attempts, fault).some((attempt) => !isServed(attempt)));

/** It was asked for all through the calm, and under a fault less than half as often, as what comes after a step that fails. */
function isHeldOff(attempts: readonly Attempt[], calm: Span, { faults }: Evidence): boolean {
  const half = (calm.from + calm.to) / 2;
  const [early, late] = [
    countIn(attempts, { from: calm.from, to: half }),
    countIn(attempts, { from: half, to: calm.to }),
  ];
  const isSteady = Math.min(early, late) * 2 >= Math.max(early, late);
  return (
    isSteady &&
    faults.some((fault) => {
      const expected = ((early + late) / lengthOf(calm)) * lengthOf(fault);
      return expected >= MIN_EXPECTED && countIn(attempts, fault) < expected / 2;
    })
  );
}

const goodIn = (attempts: readonly Attempt[], calm: Span | undefined, healed: Span | undefined): Good => ({
  before: arrivedIn(attempts, calm).filter(isServed),
  after: arrivedIn(attempts, healed).filter(isServed),
});

/** From the worst verdict; of the same one what took longer. */
function isWorse(one: Finding, than: Finding): boolean {
  if (one.verdict !== than.verdict) return worstOf([one.verdict, than.verdict]) === one.verdict;
  return (one.figure ?? 0) > (than.figure ?? 0);
}

function findingOn(watched: Watched, evidence: Evidence, limits: Limits): Finding {
  const at = recoveredAt(watched);
  if (at !== undefined) return recovered(at, watched, limits);
  const mayBeBackAt = backAt(watched);
  return mayBeBackAt === undefined ? notRecovered(watched, evidence, limits) : comingBack(mayBeBackAt, watched, limits);
}

const PROBE_SOONER = 'let its breaker probe sooner, and empty queues of what nobody waits for any more';

const itWith = ({ operation }: Watched): string => (operation === null ? 'It' : `With ${operation} it`);

function recovered(at: number, watched: Watched, limits: Limits): Finding {
  const { healed, n, after, operation } = watched;
  const figure = (at - healed.from) / 1000;
  const verdict = atMost(estimated(figure, 0), limits);
  const is = `${itWith(watched)} worked as before ${figure.toFixed(1)} s after the last fault`;
  const advice = verdict === 'pass' ? `${is}.` : `${is}; ${PROBE_SOONER}.`;
  return { verdict, n, figure, advice, evidence: idsOf(after), more: { operation, censored: null } };
}

/** It looks well at the end; only where that came too late anyway is there a verdict. */
function comingBack(at: number, watched: Watched, { pass, warn }: Limits): Finding {
  const { healed, windowMs, until, n, after, operation } = watched;
  const figure = (at - healed.from) / 1000;
  if (figure <= pass)
    return noData(
      n,
      `${itWith(watched)} may have worked as before from ${figure.toFixed(1)} s after the last fault on, but to say so takes ${inSeconds(windowMs)} s: ask it as before, and watch it, for ${inSeconds(at + windowMs - until)} s longer.`,
    );
  return {
    ...{ verdict: figure > warn ? 'fail' : 'warn', n, figure, isLowerBound: true, evidence: idsOf(after) },
    advice: `${itWith(watched)} did not work as before for ${figure.toFixed(1)} s after the last fault at least; ${PROBE_SOONER}.`,
    more: { operation, censored: 'it was not watched for long enough after that' },
  };
}

function notRecovered(watched: Watched, evidence: Evidence, { pass }: Limits): Finding {
  const { healed, n, after, operation } = watched;
  const figure = lengthOf(healed) / 1000;
  const last = evidence.attempts.at(-1)?.at ?? 0;
  return {
    ...{ verdict: figure > pass ? 'fail' : 'warn', n, figure, isLowerBound: true, evidence: idsOf(after) },
    advice: `${itWith(watched)} did not work as before within the ${figure.toFixed(0)} s that were watched; look at breakers that stay open and at queues.`,
    more: { operation, censored: 'it had not recovered by the end' },
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

/** When the earliest window begins that holds so many good answers, with the first of them; undefined where there is none. */
function recoveredAt(watched: Watched): number | undefined {
  const { healed, windowMs, after: good } = watched;
  const needed = Math.ceil(leastIn(windowMs, watched));
  const fills = (start: number, first: number): boolean => {
    const last = good[first + needed - 1];
    return start + windowMs <= healed.to && last !== undefined && last.at < start + windowMs;
  };
  if (fills(healed.from, 0)) return good[0]?.at;
  return good.find(({ at }, first) => fills(at, first))?.at;
}

/** The earliest moment from which on it looks well until the end, less than a window later; undefined where there is none. */
function backAt(watched: Watched): number | undefined {
  const { healed, windowMs, until, perMs, after: good } = watched;
  const suffices = (start: number, first: number): boolean =>
    start + windowMs > until && good.length - first >= leastIn(until - start, watched);
  if (suffices(healed.from, 0)) return healed.from;
  return good.find(({ at }, first) => {
    if (!suffices(at, first)) return false;
    const asBefore = ((first + 1) * (until - at + 1 / perMs)) / Math.max(1, at - healed.from);
    return good.length - first > asBefore + NO_CHANCE * Math.sqrt(asBefore);
  })?.at;
}
