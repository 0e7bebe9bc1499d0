// Ramps: a straight line between two values, and nothing beyond them.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { rampAt, rampOf } from '../../src/base/ramp.ts';

test.each([
  [-1, 10],
  [0, 10],
  [250, 15],
  [1000, 30],
  [9000, 30],
])('after %i ms it is at %f', (elapsedMs, value) => {
  expect(rampAt({ from: 10, to: 30, overMs: 1000 }, elapsedMs)).toBe(value);
});

test('it is read as it is written', () => {
  expect(rampOf(z.number()).parse({ from: 1, to: 0.5, over: '2m' })).toEqual({ from: 1, to: 0.5, overMs: 120_000 });
  expect(rampOf(z.number()).safeParse({ from: 1, to: 2 }).success).toBe(false);
});
