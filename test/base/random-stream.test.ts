// Random streams: the same under the same seed and label, and well spread.
import { expect, test } from 'vitest';
import { exponential, randomStream } from '../../src/base/random-stream.ts';

test('a stream is the same under the same seed and label, and another under another', () => {
  const some = (seed: number, label: string): number[] => Array.from({ length: 50 }, randomStream(seed, label));
  expect(some(1, 'a')).toEqual(some(1, 'a'));
  expect(some(1, 'a')).not.toEqual(some(2, 'a'));
  expect(some(1, 'a')).not.toEqual(some(1, 'b'));
  const many = Array.from({ length: 100_000 }, randomStream(1, 'a'));
  expect(many.every((u) => u > 0 && u < 1)).toBe(true);
  expect(many.reduce((sum, u) => sum + u, 0) / many.length).toBeCloseTo(0.5, 2);
});

test('neighbouring seeds have nothing in common from the first draw on', () => {
  const firsts = Array.from({ length: 1000 }, (_, seed) => randomStream(seed, 'a')());
  expect(firsts.reduce((sum, u) => sum + u, 0) / firsts.length).toBeCloseTo(0.5, 1);
  expect(new Set(firsts).size).toBe(1000);
});

test('exponential draws have mean 1 and variance 1', () => {
  const draw = randomStream(1, 'a');
  const many = Array.from({ length: 200_000 }, () => exponential(draw));
  const mean = many.reduce((sum, value) => sum + value, 0) / many.length;
  expect(mean).toBeCloseTo(1, 1);
  expect(many.reduce((sum, value) => sum + (value - mean) ** 2, 0) / many.length).toBeCloseTo(1, 1);
});
