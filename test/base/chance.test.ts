// Chance: fair, and a function of what is asked alone.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chance, hash32, join32 } from '../../src/base/chance.ts';

const draws = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => new Chance(join32(1, index)).uniform('share'));

test('draws over many keys are uniform: each tenth holds a tenth, within four standard deviations', () => {
  const count = 50_000;
  const tenths = new Array<number>(10).fill(0);
  for (const draw of draws(count)) tenths[Math.floor(draw * 10)] = (tenths[Math.floor(draw * 10)] ?? 0) + 1;
  const tolerance = 4 * Math.sqrt(count * 0.1 * 0.9);
  for (const tenth of tenths) expect(Math.abs(tenth - count / 10)).toBeLessThan(tolerance);
});

test('draws of neighbouring keys do not follow one another', () => {
  const series = draws(20_000);
  const mean = series.reduce((sum, draw) => sum + draw, 0) / series.length;
  let covariance = 0;
  for (let i = 1; i < series.length; i++) covariance += ((series[i - 1] ?? 0) - mean) * ((series[i] ?? 0) - mean);
  expect(Math.abs(covariance / series.length / (1 / 12))).toBeLessThan(0.03);
});

test('the same key and label give the same number, another label another', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), (key, label) => {
      const draw = new Chance(key).uniform(label);
      expect(new Chance(key).uniform(label)).toBe(draw);
      expect(draw).toBeGreaterThanOrEqual(0);
      expect(draw).toBeLessThan(1);
      expect(new Chance(key).uniform(`${label}!`)).not.toBe(draw);
    }),
  );
});

test('a hash depends on its seed, and a join on its order', () => {
  expect(hash32('a', 1)).not.toBe(hash32('a', 2));
  expect(join32(1, 2)).not.toBe(join32(2, 1));
});
