// Of intervals that say 95 %, about so many hold the truth.
import { expect, test } from 'vitest';
import { type Draw, exponential, randomStream } from '../../src/base/random-stream.ts';
import { type Estimate, quantileEstimate, ratioEstimate } from '../../src/scorecard/statistics.ts';

const RUNS = 1000;

/** The share of runs whose interval holds the truth. */
function covered(truth: number, estimate: (draw: Draw) => Estimate): number {
  const draw = randomStream(1, 'statistics');
  const runs = Array.from({ length: RUNS }, () => estimate(draw));
  return runs.filter(({ low, high }) => low <= truth && truth <= high).length / RUNS;
}

test('a quantile lies in its interval, whatever the distribution', () => {
  const sample = (draw: Draw): number[] => Array.from({ length: 200 }, () => exponential(draw));
  expect(covered(Math.log(2), (draw) => quantileEstimate(sample(draw), 0.5))).toBeGreaterThan(0.93);
  expect(covered(-Math.log(0.1), (draw) => quantileEstimate(sample(draw), 0.9))).toBeGreaterThan(0.93);
});

test('a ratio of sums lies in its interval', () => {
  const pairs = (draw: Draw) => Array.from({ length: 100 }, () => [4 * exponential(draw), exponential(draw)] as const);
  const share = covered(4, (draw) => {
    const drawn = pairs(draw);
    return ratioEstimate(
      drawn.map(([part]) => part),
      drawn.map(([, whole]) => whole),
    );
  });
  expect(share).toBeGreaterThan(0.92);
  expect(share).toBeLessThan(0.98);
});

test('of one value the quantile is that value', () => {
  expect(quantileEstimate([7], 0.95)).toEqual({ figure: 7, low: 7, high: 7 });
});
