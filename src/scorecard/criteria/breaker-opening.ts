// How soon the client stops asking an upstream that does not answer.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import type { Attempt, Span } from '../evidence.ts';
import { DEMAND_NEEDED, MIN_DEMAND } from '../silences.ts';
import { arrivedIn, lengthOf, longestOf } from '../spans.ts';
import { isServed } from '../trace.ts';
import { idsOf, noData } from '../verdict.ts';

/** Of what it asks for under the fault: where less of it is in vain, a breaker has no reason to open. */
const VAIN_SHARE = 0.5;
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
  judge: ({ evidence }, { pass, shed, window, fault: least }): Finding => {
    const needed = Math.max(least, window);
    const { demand, faults, attempts } = evidence;
    const fault = longestOf(faults);
    if (demand === undefined || demand < MIN_DEMAND) return noData(0, DEMAND_NEEDED);
    if (!fault || lengthOf(fault) < needed * SECOND_MS)
      return noData(
        0,
        `A fault of ${needed} s is needed, so that a breaker can open and stay so; for one that is quicker, a file of thresholds (SHOWSTOPPER_THRESHOLDS) can ask for less, as breaker-opening: { window: 2, fault: 10 }.`,
      );
    const under = arrivedIn(attempts, fault);
    const { served, vain } = fatesOf(under, evidence.whole.to - window * SECOND_MS);
    if (vain === 0) return noData(under.length, 'Nothing failed under the fault, so it had no reason to open.');
    const expected = Math.round((demand * lengthOf(fault)) / 1000);
    const at = openedAt(under, fault, { windowMs: window * SECOND_MS, few: demand * window * OPEN_SHARE });
    if (at === undefined && vain < (served + vain) * VAIN_SHARE)
      return noData(
        under.length,
        'Most of what it asked for was answered under the fault, so it had no reason to open.',
      );
    if (at === undefined)
      return {
        ...{ verdict: 'fail', n: expected, figure: null, evidence: idsOf(under.slice(-10)) },
        advice: `It asked on for all of the ${Math.round(lengthOf(fault) / 1000)} s; give it a circuit breaker that opens after some 20 failures.`,
      };
    const figure = (at - fault.from) / 1000;
    const later = under.filter((attempt) => attempt.at >= at);
    const kept = 1 - later.length / Math.max(1, (demand * (fault.to - at)) / 1000);
    const verdict = figure <= pass && kept >= shed ? 'pass' : 'warn';
    const is = `It stopped asking ${figure.toFixed(1)} s into the fault, and kept back ${(kept * 100).toFixed(0)} % from then on`;
    const advice = verdict === 'pass' ? `${is}.` : `${is}; let its breaker open sooner, and probe with single calls.`;
    return {
      verdict,
      n: expected,
      figure,
      advice,
      evidence: idsOf(under.filter((attempt) => attempt.at < at).slice(-10)),
      more: { shed: kept },
    };
  },
});

/** How many were served, and how many were in vain: they failed, or came so long ago, by then, and are still open. */
function fatesOf(attempts: readonly Attempt[], longAgo: number): { served: number; vain: number } {
  let [served, vain] = [0, 0];
  for (const attempt of attempts) {
    if (isServed(attempt)) served++;
    else if (attempt.endedAt !== null || attempt.at <= longAgo) vain++;
  }
  return { served, vain };
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
