// How far axes reach: all values are inside, and a little more or less moves nothing.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeOf } from '../../../src/dashboard/page/panels/charts/scales.ts';

test('without a value every axis still has a length', () => {
  for (const scale of ['from-zero', 'share', 'latency', 'near'] as const) {
    const [min, max] = rangeOf(scale, null, null);
    expect(max).toBeGreaterThan(min);
  }
});

test('every value is inside', () => {
  const value = fc.double({ min: 0, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(value, value, (one, two) => {
      const [least, most] = [Math.min(one, two), Math.max(one, two)];
      for (const scale of ['from-zero', 'near'] as const) {
        const [min, max] = rangeOf(scale, least, most);
        expect(min).toBeLessThanOrEqual(least);
        expect(max).toBeGreaterThanOrEqual(most);
      }
      expect(rangeOf('latency', least, most)[1]).toBeGreaterThanOrEqual(most * (1 - 1e-9));
    }),
  );
});

test('they reach to round numbers, and stand still while values move a little', () => {
  expect([0.2, 1, 7, 97, 103, 151, 4900].map((most) => rangeOf('from-zero', 0, most)[1])).toEqual([
    ...[1, 1, 8, 100, 150, 200, 5000],
  ]);
  expect(rangeOf('latency', 3, 40)).toEqual([1, 1000]);
  expect(rangeOf('latency', 0.4, 12_000)).toEqual([0.1, 100_000]);
  expect(rangeOf('near', 1003, 1006)).toEqual([1000, 1010]);
});
