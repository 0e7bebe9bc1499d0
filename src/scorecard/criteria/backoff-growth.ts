// Whether the client waits longer before each further attempt.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import { type Delays, delaysAt } from '../delays.ts';
import { type Estimate, estimated, greatest, mean, sum } from '../statistics.ts';
import { mostTriedFirst } from '../trace.ts';
import { idsOf, noData } from '../verdict.ts';

const MIN_OPERATIONS = 20;
/** Later waits that are so many times the first, in the mean, are long enough, whether they grow any more or not. */
const CAPPED = 4;

export const backoffGrowth = defineCriterion({
  name: 'backoff-growth',
  asks: 'Does it wait longer before each further attempt?',
  unit: 'ratio',
  counts: 'judged',
  better: 'more',
  weight: 60,
  thresholds: z.strictObject({
    pass: z.number().positive().default(1.3).describe('each delay is so many times the one before, at least'),
    fail: z.number().positive().default(1.1).describe('below which it does not grow'),
    longMs: z
      .number()
      .positive()
      .default(1000)
      .describe('a first delay of so much, in ms, need not grow to be bearable'),
  }),
  threshold: ({ pass, fail, longMs }) =>
    `at least ${pass}; fails below ${fail} where the first delay is shorter than ${longMs} ms`,
  source: 'Google SRE Book ch. 22: always use randomized exponential backoff; AWS SDKs, factor 2',
  judge: ({ retried, delays: all }, { pass, fail, longMs }): Finding => {
    const several = all.filter((delays) => delays.filter((delay) => delay !== undefined).length > 1);
    if (several.length < MIN_OPERATIONS)
      return noData(several.length, `${MIN_OPERATIONS} operations with two retries are needed that can be told apart.`);
    const estimate = growthOf(several);
    const first = mean(delaysAt(all, 0));
    const longest = greatest(meansOf(several));
    const isCapped = estimate.figure >= 1 && longest >= first * CAPPED && first > 0;
    const passes = estimate.figure >= pass || isCapped;
    const fails = estimate.figure < fail && first < longMs && !isCapped;
    const isSure = passes ? estimate.low >= pass || isCapped : fails && estimate.high < fail;
    const verdict = !isSure ? 'warn' : passes ? 'pass' : 'fail';
    const is = `It waits ${Math.round(first)} ms at first, and each further delay is ${estimate.figure.toFixed(2)} times the one before`;
    const advice = verdict === 'pass' ? `${is}.` : `${is}; double it each time, up to a limit, and draw it at random.`;
    return {
      ...{ verdict, n: several.length, figure: estimate.figure, advice },
      evidence: idsOf(mostTriedFirst(retried)[0]?.attempts ?? []),
      more: { low: estimate.low, high: estimate.high, firstMs: first },
    };
  },
});

/** Of the first retry, the second and so on, where there are enough. */
const meansOf = (all: readonly Delays[]): number[] =>
  Array.from({ length: greatest(all.map(({ length }) => length)) }, (_, k) => delaysAt(all, k))
    .filter(({ length }) => length >= MIN_OPERATIONS)
    .map(mean);

/**
 * The geometric mean, over the retries, of the ratio of mean delays, each of the operations that have both delays. Its
 * error is by the delta method: the sum of squares of what each operation adds to the logarithm of the figure.
 */
export function growthOf(all: readonly Delays[]): Estimate {
  const most = greatest(all.map(({ length }) => length));
  const added = new Array<number>(all.length).fill(0);
  let [weight, growth] = [0, 0];
  for (let k = 0; k + 1 < most; k++) {
    const isBoth = (delays: Delays): boolean => delays[k] !== undefined && delays[k + 1] !== undefined;
    const both = all.filter(isBoth);
    if (both.length === 0) continue;
    const [before, after] = [atLeastOne(mean(delaysAt(both, k))), atLeastOne(mean(delaysAt(both, k + 1)))];
    weight += both.length;
    growth += both.length * Math.log(after / before);
    all.forEach((delays, place) => {
      if (!isBoth(delays)) return;
      const part = (delays[k + 1] as number) / after - (delays[k] as number) / before;
      added[place] = (added[place] as number) + part;
    });
  }
  if (weight === 0) return estimated(1, 0);
  const { figure, low, high } = estimated(growth / weight, Math.sqrt(sum(added.map((part) => part ** 2))) / weight);
  return { figure: Math.exp(figure), low: Math.exp(low), high: Math.exp(high) };
}

/** What is below a millisecond is none. */
const atLeastOne = (ms: number): number => Math.max(ms, 1);
