// Whether the client's delays are drawn at random, so that its retries do not all come at once.
import { z } from 'zod';
import { type Case, defineCriterion, type Finding } from '../criterion.ts';
import { delaysAt, delaysByRetry, delaysNeeded } from '../delays.ts';
import { isWithinAny } from '../spans.ts';
import { deviation, type Estimate, estimated, greatest, mean, median, sum } from '../statistics.ts';
import { idsOf, noData } from '../verdict.ts';

/** Delays before a retry of the same number. */
const MIN_DELAYS = 40;
/** Timers and networks alone spread shorter delays as wide as jitter does. */
const MIN_MEAN_MS = 50;
const BIN_MS = 100;
/** What the spread of each kind of jitter stays below: full .577, half .192, ±20 % .115, none 0 (by their uniform distributions). */
const KINDS = [
  ['none', 0.03],
  ['small', 0.12],
  ['half', 0.28],
  ['wide', Number.POSITIVE_INFINITY],
] as const;

export const jitter = defineCriterion({
  name: 'jitter',
  asks: 'Are its delays drawn at random?',
  unit: 'ratio',
  counts: 'judged',
  better: 'more',
  weight: 50,
  thresholds: z.strictObject({
    pass: z.number().positive().default(0.1).describe('coefficient of variation of the delays, at least'),
    fail: z.number().positive().default(0.03).describe('below which there is none'),
    burst: z
      .number()
      .positive()
      .default(3)
      .describe('variance of retries per 100 ms over their mean, at most (Fano factor, by neighbours)'),
  }),
  threshold: ({ pass, fail, burst }) =>
    `a coefficient of variation of at least ${pass}, fails below ${fail}; a Fano factor of at most ${burst}`,
  source: 'AWS Architecture Blog, Exponential Backoff And Jitter; coefficients by the distributions themselves',
  judge: (of, { pass, fail, burst }): Finding => {
    const lists = delaysByRetry(of.delays, MIN_DELAYS);
    if (lists.length === 0)
      return noData(
        delaysAt(of.delays, 0).length,
        delaysNeeded(`${MIN_DELAYS} retries of the same number`, of.retried),
      );
    const n = greatest(lists.map(({ length }) => length));
    const long = lists.filter((delays) => mean(delays) >= MIN_MEAN_MS);
    if (long.length === 0)
      return noData(
        n,
        `Its delays are ${Math.round(greatest(lists.map(mean)))} ms at most, in the mean, too short to tell what is drawn from how timers run.`,
      );
    const estimate = spreadOf(long);
    const fano = fanoOf(of);
    const passes = estimate.low >= pass && fano <= burst;
    const verdict = estimate.high < fail ? 'fail' : passes ? 'pass' : 'warn';
    const kind = kindOf(estimate.figure);
    const is = `Its delays vary by ${(estimate.figure * 100).toFixed(0)} % (${kind === 'none' ? 'no' : kind} jitter)`;
    const advice =
      verdict === 'pass'
        ? `${is}.`
        : `${is}; draw each delay at random between 0 and its limit (full jitter), so that retries do not come at once.`;
    return {
      ...{ verdict, n, figure: estimate.figure, advice },
      evidence: idsOf(of.retried.map(({ attempts }) => attempts[1] ?? attempts[0])),
      more: { low: estimate.low, high: estimate.high, kind, fano },
    };
  },
});

export const kindOf = (spread: number): string => KINDS.find(([, below]) => spread < below)?.[0] ?? 'wide';

/**
 * The median, over the retries, of standard deviation over mean; its error is that of a normal distribution's,
 * cv √(1/2n + cv²/n), which is too large for those that are uniform.
 */
function spreadOf(lists: readonly (readonly number[])[]): Estimate {
  const figure = median(lists.map((delays) => deviation(delays) / mean(delays)));
  const n = greatest(lists.map(({ length }) => length));
  return estimated(figure, figure * Math.sqrt((0.5 + figure ** 2) / n));
}

/**
 * Of retries per bin under faults: 1 where they come by chance, more the more they come together. By the differences of
 * neighbours, so that it is not taken for a burst where there is more to retry at one time than at another.
 */
function fanoOf({ evidence, retried }: Case): number {
  const bins = new Map<number, number>();
  for (const { attempts } of retried) {
    for (const { at } of attempts.slice(1)) {
      const bin = Math.floor(at / BIN_MS);
      if (isWithinAny(at, evidence.faults)) bins.set(bin, (bins.get(bin) ?? 0) + 1);
    }
  }
  let squares = 0;
  for (const [bin, count] of bins) {
    squares += (count - (bins.get(bin + 1) ?? 0)) ** 2;
    if (!bins.has(bin - 1)) squares += count ** 2;
  }
  const total = sum([...bins.values()]);
  return total === 0 ? 0 : squares / (2 * total);
}
