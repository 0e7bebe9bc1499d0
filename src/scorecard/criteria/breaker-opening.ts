// How soon the client stops asking an upstream that does not answer.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import type { Attempt, Span } from '../evidence.ts';
import { type Asked, askedUnder, DEMAND_NEEDED, MIN_DEMAND } from '../in-vain.ts';
import { lengthOf, longestOf } from '../spans.ts';
import { sum } from '../statistics.ts';
import { idsOf, noData } from '../verdict.ts';

/** So much must be asked for within a window in the calm: then chance alone leaves hardly ever a tenth of it. */
const MIN_EXPECTED = 20;
/** Of what is asked for, in a window: then it is open. */
const OPEN_SHARE = 0.1;
const SECOND_MS = 1000;

export const breakerOpening = defineCriterion({
  name: 'breaker-opening',
  asks: 'How soon does it stop asking an upstream that does not answer?',
  unit: 's',
  counts: 'judged',
  better: 'less',
  weight: 100,
  thresholds: z.strictObject({
    pass: z.number().positive().default(30).describe('seconds of a fault until it asks for a tenth or less, at most'),
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
    const needed = Math.max(least, window);
    const { demand, faults, whole } = of.evidence;
    const fault = longestOf(faults);
    if (demand === undefined || demand < MIN_DEMAND) return noData(0, DEMAND_NEEDED);
    if (!fault || lengthOf(fault) < needed * SECOND_MS)
      return noData(
        0,
        `A fault of ${needed} s is needed, so that a breaker can open and stay so; for one that is quicker, a file of thresholds (SHOWSTOPPER_THRESHOLDS) can ask for less, as breaker-opening: { window: 2, fault: 10 }.`,
      );
    const asked = askedUnder(of, fault, whole.to - window * SECOND_MS);
    const vain = asked.filter((one) => one.vain > 0);
    const often = vain.filter(({ perS }) => perS * window >= MIN_EXPECTED);
    const openings = often.flatMap((one) => openingOf(one, fault, window) ?? []);
    const [worst] = openings.sort((a, b) => (b.at ?? fault.to) - (a.at ?? fault.to) || a.kept - b.kept);
    if (!worst) return noData(sum(asked.map(({ attempts }) => attempts.length)), whyNoReason(vain, often, window));
    const { operation, perS, attempts, at, kept } = worst;
    const n = Math.round((perS * lengthOf(fault)) / SECOND_MS);
    const more = { operation, shed: at === undefined ? null : kept };
    if (at === undefined)
      return {
        ...{ verdict: 'fail', n, figure: null, evidence: idsOf(attempts.slice(-10)), more },
        advice: `It asked for ${operation} for all of the ${Math.round(lengthOf(fault) / SECOND_MS)} s; give it a circuit breaker that opens after some 20 failures.`,
      };
    const figure = (at - fault.from) / SECOND_MS;
    const verdict = figure <= pass && openings.every((one) => one.kept >= shed) ? 'pass' : 'warn';
    const is = `It stopped asking for ${operation} ${figure.toFixed(1)} s into the fault, and kept back ${(kept * 100).toFixed(0)} % from then on`;
    const advice = verdict === 'pass' ? `${is}.` : `${is}; let its breaker open sooner, and probe with single calls.`;
    return {
      ...{ verdict, n, figure, advice, more },
      evidence: idsOf(attempts.filter((attempt) => attempt.at < at).slice(-10)),
    };
  },
});

interface Opening extends Asked {
  /** Undefined: it asked on through all of the fault. */
  readonly at: number | undefined;
  /** The share of what it would have asked for from then on that it did not. */
  readonly kept: number;
}

/** Undefined where it asked on, and was answered more often than not. */
function openingOf(asked: Asked, fault: Span, windowS: number): Opening | undefined {
  const { attempts, perS, isStruck } = asked;
  const at = openedAt(attempts, fault, { windowMs: windowS * SECOND_MS, few: perS * windowS * OPEN_SHARE });
  if (at === undefined) return isStruck ? { ...asked, at, kept: 0 } : undefined;
  const later = attempts.filter((attempt) => attempt.at >= at);
  return { ...asked, at, kept: 1 - later.length / Math.max(1, (perS * (fault.to - at)) / SECOND_MS) };
}

function whyNoReason(vain: readonly Asked[], often: readonly Asked[], windowS: number): string {
  const [rare] = vain;
  if (!rare) return 'Nothing failed under the fault, so it had no reason to open.';
  if (often.length > 0) return 'Most of what it asked for was answered under the fault, so it had no reason to open.';
  return `What failed it asks for too seldom in the calm, as ${rare.operation} ${rare.perS.toFixed(1)} times a second: ${MIN_EXPECTED / windowS} are needed, or its silence says nothing.`;
}

/** The beginning of the first window with so few attempts that lies within the fault; undefined where there is none. */
function openedAt(
  attempts: readonly Attempt[],
  { from, to }: Span,
  { windowMs, few }: { readonly windowMs: number; readonly few: number },
): number | undefined {
  let [first, behind] = [0, 0];
  for (let last = -1; last < attempts.length; last++) {
    const start = last < 0 ? from : (attempts[last] as Attempt).at + 1;
    if (start + windowMs > to) return undefined;
    while (first < attempts.length && (attempts[first] as Attempt).at < start) first++;
    while (behind < attempts.length && (attempts[behind] as Attempt).at < start + windowMs) behind++;
    if (behind - first <= few) return start;
  }
  return undefined;
}
