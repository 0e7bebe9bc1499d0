// Figures and their intervals: against values worked out by hand, and against how often they hold the truth.
import { expect, test } from 'vitest';
import { type Draw, exponential, randomStream } from '../../src/base/random-stream.ts';
import {
  deviation,
  type Estimate,
  mean,
  meanEstimate,
  median,
  quantile,
  quantileEstimate,
  ratioEstimate,
  shareEstimate,
  survival,
} from '../../src/scorecard/statistics.ts';
import { many } from '../support/evidence.ts';

const RUNS = 1000;

/** The share of runs whose interval holds the truth. */
function covered(truth: number, estimate: (draw: Draw) => Estimate): number {
  const draw = randomStream(1, 'statistics');
  const runs = Array.from({ length: RUNS }, () => estimate(draw));
  return runs.filter(({ low, high }) => low <= truth && truth <= high).length / RUNS;
}

test('mean, deviation, median and quantiles of a few', () => {
  expect([mean([1, 2, 6]), median([6, 1, 2]), median([1, 2, 3, 10])]).toEqual([3, 2, 2.5]);
  expect(deviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(2.138);
  expect(deviation([5])).toBe(0);
  expect([0, 0.25, 0.95, 1].map((q) => quantile([0, 10, 20, 30, 40], q))).toEqual([0, 10, 38, 40]);
});

test('the interval of a share is that of Wilson', () => {
  const { figure, low, high } = shareEstimate(45, 50);
  expect(figure).toBe(0.9);
  expect(low).toBeCloseTo(0.786, 3);
  expect(high).toBeCloseTo(0.957, 3);
});

test('of all or none, nothing was seen against it', () => {
  expect(shareEstimate(20, 20)).toEqual({ figure: 1, low: 1, high: 1 });
  expect(shareEstimate(0, 20)).toEqual({ figure: 0, low: 0, high: 0 });
});

test('the interval of a mean and of a share hold the truth about 95 times of 100', () => {
  const held = many(1000, (seed) => {
    const draw = randomStream(seed, 'coverage');
    const values = many(60, draw);
    const of = meanEstimate(values);
    const share = shareEstimate(values.filter((value) => value < 0.3).length, 60);
    return [of.low <= 0.5 && of.high >= 0.5, share.low <= 0.3 && share.high >= 0.3];
  });
  for (const which of [0, 1]) {
    const hits = held.filter((both) => both[which]).length;
    expect(hits).toBeGreaterThan(930);
    expect(hits).toBeLessThan(975);
  }
});

test('survival is that of Kaplan and Meier', () => {
  // the textbook's six: died at 1 and 3, lost at 2, died at 4, lost at 5 and 6
  const died = [4, 1, 3];
  const lost = [2, 6, 5];
  expect(survival(died, lost, 1)).toBe(1);
  expect(survival(died, lost, 2)).toBeCloseTo(5 / 6);
  expect(survival(died, lost, 3.5)).toBeCloseTo((5 / 6) * (3 / 4));
  expect(survival(died, lost, 5)).toBeCloseTo((5 / 6) * (3 / 4) * (2 / 3));
  expect(survival(died, lost, 7)).toBeUndefined();
  expect(survival([], [], 1)).toBeUndefined();
});

test('who was watched for a short time only takes nothing from those who were watched for long', () => {
  const died = many(10, () => 1000);
  const lost = [...many(1000, () => 5), ...many(10, () => 2000)];
  expect(survival(died, lost, 1500)).toBeCloseTo(0.5);
});

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
