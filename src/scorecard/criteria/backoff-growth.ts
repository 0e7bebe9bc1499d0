// Whether the client waits longer before each further attempt.
import { z } from 'zod';
import { defineCriterion, type Finding } from '../criterion.ts';
import { type Delays, delaysAt, delaysByRetry, delaysNeeded, NONE_MS } from '../delays.ts';
import { type Estimate, estimated, greatest, mean, sum } from '../statistics.ts';
import { mostTried } from '../trace.ts';
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
      return noData(several.length, delaysNeeded(`${MIN_OPERATIONS} operations with two retries`, retried));
    const { fromNone, ...estimate } = growthOf(several);
    const means = delaysByRetry(several, MIN_OPERATIONS).map(mean);
    const base = atLeastNone(means.find((delay) => delay >= NONE_MS) ?? 0);
    const firsts = delaysAt(all, 0);
    const first = firsts.length > 0 ? mean(firsts) : base;
    const isCapped = estimate.figure >= 1 && greatest(means) >= base * CAPPED;
    const least = fromNone ? CAPPED : pass;
    const passes = estimate.figure >= least || isCapped;
    const fails = estimate.figure < fail && base < longMs && !isCapped;
    const isSure = passes ? estimate.low >= least || isCapped : fails && estimate.high < fail;
    const verdict = !isSure ? 'warn' : passes ? 'pass' : 'fail';
    const begins = first < NONE_MS ? 'It tries again at once' : `It waits ${Math.round(first)} ms`;
    const goesOn = fromNone
      ? `then waits ${Math.round(fromNone.thenMs)} ms before the next attempt`
      : `each further delay is ${estimate.figure.toFixed(2)} times the one before`;
    const is = `${begins} at first, and ${goesOn}`;
    const advice = verdict === 'pass' ? `${is}.` : `${is}; double it each time, up to a limit, and draw it at random.`;
    const { figure, low, high } = fromNone ? NO_FIGURE : estimate;
    return {
      ...{ verdict, n: several.length, figure, advice },
      evidence: idsOf(mostTried(retried)?.attempts ?? []),
      more: { low, high, firstMs: first },
    };
  },
});

/** Of no delay nothing is a multiple. */
const NO_FIGURE = { figure: null, low: null, high: null };

/** `fromNone`: before the only later delay there was none; the figure is a multiple of the longest that counts as none then. */
interface Growth extends Estimate {
  readonly fromNone?: { readonly thenMs: number };
}

/**
 * The geometric mean, over the retries, of the ratio of mean delays, each of the operations that have both delays; of those
 * to which there is no delay before, only where there are no others. Its error is by the delta method: the sum of squares of
 * what each operation adds to the logarithm of the figure.
 */
export function growthOf(all: readonly Delays[]): Growth {
  const most = greatest(all.map(({ length }) => length));
  const steps = Array.from({ length: Math.max(0, most - 1) }, (_, k) => stepOf(all, k)).filter(({ n }) => n > 0);
  const known = steps.filter(({ before, after }) => before >= NONE_MS || after < NONE_MS);
  const added = new Array<number>(all.length).fill(0);
  let [weight, growth] = [0, 0];
  for (const { k, n, before, after } of known.length > 0 ? known : steps) {
    weight += n;
    growth += n * Math.log(atLeastNone(after) / atLeastNone(before));
    all.forEach((delays, place) => {
      if (!hasBoth(delays, k)) return;
      const part = deviating(delays[k + 1] as number, after) - deviating(delays[k] as number, before);
      added[place] = (added[place] as number) + part;
    });
  }
  if (weight === 0) return estimated(1, 0);
  const { figure, low, high } = estimated(growth / weight, Math.sqrt(sum(added.map((part) => part ** 2))) / weight);
  const [step] = steps;
  return {
    ...{ figure: Math.exp(figure), low: Math.exp(low), high: Math.exp(high) },
    ...(step && known.length === 0 && { fromNone: { thenMs: step.after } }),
  };
}

const hasBoth = (delays: Delays, k: number): boolean => delays[k] !== undefined && delays[k + 1] !== undefined;

/** From the `k`th delay to the next, of the `n` operations that have both: their means. */
function stepOf(all: readonly Delays[], k: number): { k: number; n: number; before: number; after: number } {
  const both = all.filter((delays) => hasBoth(delays, k));
  return { k, n: both.length, before: mean(delaysAt(both, k)), after: mean(delaysAt(both, k + 1)) };
}

/** By which part of their mean it differs from them; one of those that are none does not. */
const deviating = (delay: number, from: number): number => (from < NONE_MS ? 0 : delay / from - 1);

/** Two that are none are equally long. */
const atLeastNone = (ms: number): number => Math.max(ms, NONE_MS);
