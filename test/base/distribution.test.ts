// Distributions: what was asked for comes back.
import { expect, test } from 'vitest';
import { Chance, join32 } from '../../src/base/chance.ts';
import { atMostOneForm, type Distribution, quantileOf, standardNormal } from '../../src/base/distribution.ts';

const COUNT = 20_000;

/** Sorted samples by as many draws as requests would make. */
function samples(distribution: Distribution): number[] {
  const quantile = quantileOf(distribution);
  return Array.from({ length: COUNT }, (_, index) => quantile(new Chance(join32(42, index)).uniform('latency'))).sort(
    (a, b) => a - b,
  );
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('percentiles p50, p90, p99 and max come back as the curve that was given, within 3 %', () => {
  const sorted = samples({ percentiles: { p50: 80, p90: 400, p99: 2000, max: 9000 } });
  expect(percentile(sorted, 0.5) / 80).toBeCloseTo(1, 1);
  expect(Math.abs(percentile(sorted, 0.5) / 80 - 1)).toBeLessThan(0.03);
  expect(Math.abs(percentile(sorted, 0.9) / 400 - 1)).toBeLessThan(0.03);
  expect(Math.abs(percentile(sorted, 0.99) / 2000 - 1)).toBeLessThan(0.1); // 200 samples lie above it
  expect(sorted.at(-1)).toBeLessThanOrEqual(9000);
  expect(sorted.at(-1)).toBeGreaterThan(8000);
});

test('at the asked quantiles the curve is exact', () => {
  const quantile = quantileOf({ percentiles: { p50: 80, p90: 400, p99: 2000, max: 9000 } });
  expect([0.5, 0.9, 0.99, 1 - 2 ** -53].map((u) => Math.round(quantile(u)))).toEqual([80, 400, 2000, 9000]);
});

test('fixed is fixed, uniform stays within its bounds', () => {
  expect(new Set(samples({ fixed: 70 }))).toEqual(new Set([70]));
  const sorted = samples({ uniform: { min: 10, max: 20 } });
  expect(sorted[0]).toBeGreaterThanOrEqual(10);
  expect(sorted.at(-1)).toBeLessThan(20);
  expect(mean(sorted)).toBeCloseTo(15, 0);
});

test('normal has its mean and spread, and is never negative', () => {
  const sorted = samples({ normal: { mean: 200, sd: 20 } });
  expect(Math.abs(mean(sorted) - 200)).toBeLessThan(1);
  expect(Math.abs(percentile(sorted, 0.8413) - 220)).toBeLessThan(2);
  expect(samples({ normal: { mean: 1, sd: 100 } })[0]).toBe(0);
});

test('lognormal has its median and tail, and is capped', () => {
  const sorted = samples({ lognormal: { median: 100, sigma: 1 } });
  expect(Math.abs(percentile(sorted, 0.5) - 100)).toBeLessThan(3);
  expect(Math.abs(percentile(sorted, 0.8413) / (100 * Math.E) - 1)).toBeLessThan(0.05);
  expect(samples({ lognormal: { median: 100, sigma: 1, max: 300 } }).at(-1)).toBe(300);
});

test('pareto starts at its minimum and has its heavy tail', () => {
  const sorted = samples({ pareto: { min: 50, alpha: 2 } });
  expect(sorted[0]).toBeGreaterThanOrEqual(50);
  expect(Math.abs(percentile(sorted, 0.5) / (50 * Math.SQRT2) - 1)).toBeLessThan(0.03);
  expect(samples({ pareto: { min: 50, alpha: 0.5, max: 900 } }).at(-1)).toBe(900);
});

test('the inverse normal distribution is right where tables can be read', () => {
  expect(standardNormal(0.5)).toBe(0);
  expect(standardNormal(0.975)).toBeCloseTo(1.959964, 5);
  expect(standardNormal(0.001)).toBeCloseTo(-3.090232, 5);
  expect(Number.isFinite(standardNormal(0))).toBe(true);
});

test.each([
  [{ fixed: '1s', uniform: { min: '1s', max: '2s' } }, 'takes only one of'],
  [{ uniform: { min: '3s', max: '2s' } }, 'min must not be above max'],
  [{ percentiles: { p50: '3s', p90: '2s', p99: '4s', max: '5s' } }, 'must not fall'],
  [{ fixed: '3 seconds' }, 'must be a duration such as'],
])('a mistake is named: %j', (params, message) => {
  expect(atMostOneForm.safeParse(params).error?.issues[0]?.message).toContain(message);
});
