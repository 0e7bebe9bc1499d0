// How soon the client stops asking an upstream that does not answer.
import { z } from 'zod';
import { type Case, defineCriterion, type Finding } from '../criterion.ts';
import type { Span } from '../evidence.ts';
import { type Asked, DEMAND_NEEDED, MIN_DEMAND, type Struck, usualPerS } from '../in-vain.ts';
import { type Flow, flowOf, type Opening, openingOf } from '../opening.ts';
import { arrivedIn, lengthOf } from '../spans.ts';
import { sum } from '../statistics.ts';
import { idsOf, noData } from '../verdict.ts';

/** So much must be asked for within a window, if nothing keeps it back: then chance alone leaves hardly ever a tenth of it. */
const MIN_EXPECTED = 20;
const SECOND_MS = 1000;

export const breakerOpening = defineCriterion({
  name: 'breaker-opening',
  asks: 'How soon does it stop asking an upstream that does not answer?',
  unit: 's',
  counts: 'judged',
  better: 'less',
  weight: 100,
  thresholds: z.strictObject({
    pass: z
      .number()
      .positive()
      .default(30)
      .describe('seconds from when most of it fails until it asks for a tenth or less, at most'),
    shed: z
      .number()
      .min(0)
      .max(1)
      .default(0.9)
      .describe('share of the demand that it keeps back from then on, at least'),
    window: z
      .number()
      .positive()
      .default(10)
      .describe('seconds over which attempts are counted, about as long as a breaker stays open'),
    fault: z.number().positive().default(60).describe('seconds that a fault must last, at least'),
  }),
  threshold: ({ pass, shed }) => `within ${pass} s, and at least ${shed * 100} % kept back from then on`,
  source: 'Hystrix: 20 calls in 10 s; resilience4j: 100 calls; thresholds for their default settings',
  judge: (of, { pass, shed, window, fault: least }): Finding => {
    const { demand, faults } = of.evidence;
    const needed = Math.max(least, window);
    const long = faults.filter((fault) => lengthOf(fault) >= needed * SECOND_MS);
    if (demand === undefined || demand < MIN_DEMAND) return noData(0, DEMAND_NEEDED);
    if (long.length === 0)
      return noData(
        0,
        `A fault of ${needed} s is needed, so that a breaker can open and stay so; for one that is quicker, a file of thresholds (SHOWSTOPPER_THRESHOLDS) can ask for less, as breaker-opening: { window: 2, fault: 10 }.`,
      );
    const asked = of.asked.filter(({ fault }) => long.includes(fault));
    const openings = long.flatMap((fault) => openingsUnder(fault, of, window));
    const judged = openings
      .filter((step) => isTelling(step, pass + window) && !openings.some((other) => keepsFrom(other, step, window)))
      .map((step) =>
        step.by === 'unknown' && lateness(step) > pass * SECOND_MS ? { ...step, by: 'nothing' as const } : step,
      );
    const [worst] = judged.sort((a, b) => RANK[b.by] - RANK[a.by] || lateness(b) - lateness(a) || a.kept - b.kept);
    if (!worst) {
      const n = sum(asked.map(({ attempts }) => attempts.length));
      return noData(n, whyNoReason(asked, window, pass + window));
    }
    if (worst.by !== 'breaker') return neverOpened(worst, worst.by);
    const { operation, at, kept, struck } = worst;
    const figure = lateness(worst) / SECOND_MS;
    const verdict = figure <= pass && judged.every((step) => step.kept >= shed) ? 'pass' : 'warn';
    const is = `It stopped asking for ${operation} ${figure.toFixed(1)} s after most of that began to fail, and kept back ${(kept * 100).toFixed(0)} % from then on`;
    const advice = verdict === 'pass' ? `${is}.` : `${is}; let its breaker open sooner, and probe with single calls.`;
    return {
      ...{ verdict, n: expectedOf(worst), figure, advice, more: { operation, shed: kept } },
      evidence: idsOf(arrivedIn(struck.attempts, { from: struck.span.from, to: at }).slice(-10)),
    };
  },
});

interface StruckStep extends Asked {
  readonly struck: Struck;
}

type Judged = StruckStep & Opening;

/** The worst is told. */
const RANK: Readonly<Record<Opening['by'], number>> = { nothing: 3, places: 2, unknown: 1, breaker: 0 };

const isStruck = (asked: Asked): asked is StruckStep => asked.struck !== undefined;

const isOften = ({ struck }: StruckStep, windowS: number): boolean => struck.perS * windowS >= MIN_EXPECTED;

/** Of each step that is judged under that fault. */
function openingsUnder(fault: Span, { evidence, asked }: Case, windowS: number): Judged[] {
  let all: Flow | undefined;
  const flow = (): Flow => {
    all ??= flowOf(arrivedIn(evidence.attempts, fault), usualPerS(evidence)(evidence.attempts));
    return all;
  };
  const steps = asked.filter((one) => one.fault === fault).filter(isStruck);
  return steps
    .filter((step) => isOften(step, windowS))
    .map((step) => ({ ...step, ...openingOf(step.struck, windowS * SECOND_MS, flow) }));
}

/** How much would have been asked for in all. */
const expectedOf = ({ struck: { perS, span } }: StruckStep): number => Math.round((perS * lengthOf(span)) / SECOND_MS);

const lateness = ({ at, struck: { span } }: Judged): number => at - span.from;

/** Who has not opened within a shorter time may have been about to. */
const isTelling = ({ by, struck: { span } }: Judged, longS: number): boolean =>
  by === 'breaker' || lengthOf(span) >= longS * SECOND_MS;

/** Its breaker had opened before a step that needs it was asked for no more. */
const keepsFrom = (one: Judged, later: Judged, windowS: number): boolean =>
  one.fault === later.fault &&
  later.struck.needs.includes(one.operation) &&
  one.by === 'breaker' &&
  later.by === 'breaker' &&
  one.at <= later.at + windowS * SECOND_MS;

const seconds = (ms: number): number => Math.round(ms / SECOND_MS);

function neverOpened(step: Judged, by: Exclude<Opening['by'], 'breaker'>): Finding {
  const { operation, struck, at } = step;
  const evidence = idsOf(struck.attempts.slice(-10));
  const n = expectedOf(step);
  if (by === 'unknown')
    return {
      ...noData(
        n,
        `It left ${struck.attempts.length} calls of ${operation} open and asked for no more: whether its breaker had opened, or its places were all taken, cannot be told; give every call a time-out that aborts it.`,
      ),
      evidence,
    };
  const advice =
    by === 'places'
      ? `For ${seconds(struck.span.to - at)} s it waited for ${operation} with as many calls as it has places for, and asked again as soon as one was free; give it a circuit breaker that opens after some 20 failures.`
      : `It asked for ${operation} for all of ${seconds(lateness(step) || lengthOf(struck.span))} s; give it a circuit breaker that opens after some 20 failures.`;
  return { verdict: 'fail', n, figure: null, advice, evidence, more: { operation, shed: null } };
}

/** `longS`: for so long something would have to fail. */
function whyNoReason(asked: readonly Asked[], windowS: number, longS: number): string {
  if (asked.every(({ vain }) => vain === 0)) return 'Nothing failed under the fault, so it had no reason to open.';
  const struck = asked.filter(isStruck);
  if (struck.length === 0)
    return 'Most of what it asked for was answered under the fault, so it had no reason to open.';
  const rare = struck.find((step) => !isOften(step, windowS));
  if (!rare) return `Nothing failed for ${longS} s, within which its breaker would have to open.`;
  return `What mostly failed would be asked for too seldom, as ${rare.operation} ${rare.struck.perS.toFixed(1)} times a second by the calm and by what the steps before it let through: ${MIN_EXPECTED / windowS} are needed, or its silence says nothing.`;
}
