// How a time is proved: within the tolerance whatever the noise did, beyond it whatever the noise did, or not told.
import { expect, test } from 'vitest';
import { lateFacet } from '../../src/doctor/promise.ts';
import { timeFacet } from '../../src/doctor/timings.ts';

const judged = (promisedMs: number, observedMs: number | undefined, late = 0, chained = 0, chain?: true) =>
  timeFacet(
    { what: 'comes after', promisedMs, observedMs, from: 0, to: 1, ...(chain && { chained: chain }) },
    { late, chained },
  ).verdict;

test.each([
  [1000, 1099, 'holds'],
  [1000, 1101, 'fails'],
  [1000, 899, 'fails'],
  [100, 124, 'holds'],
  [100, 126, 'fails'],
  [0, 24, 'holds'],
  [0, 26, 'fails'],
  [400, undefined, 'fails'],
])(
  'on a quiet machine %i ms that are %s ms: %s, by 10 %% or 25 ms, whichever is larger',
  (promised, observed, verdict) => {
    expect(judged(promised, observed)).toBe(verdict);
  },
);

test('noise that could have made it so, or hidden it, leaves it open', () => {
  expect(judged(400, 460, 10)).toBe('fails');
  expect(judged(400, 460, 30)).toBe('unclear');
  expect(judged(400, 400, 30)).toBe('holds');
  expect(judged(400, 400, 60)).toBe('unclear');
  expect(judged(400, 4000, 60)).toBe('fails');
});

test('the lateness of many timers adds up, and makes nothing too early', () => {
  expect(judged(1000, 1200, 5, 150, true)).toBe('unclear');
  expect(judged(1000, 1200, 5, 50, true)).toBe('fails');
  expect(judged(1000, 200, 5, 500, true)).toBe('fails');
  expect(judged(1000, 1000, 5, 100, true)).toBe('holds');
  expect(judged(1000, 1000, 5, 800, true)).toBe('unclear');
});

test('what takes many steps may be too late by the lateness of all of them, and never too early', () => {
  expect(judged(500, 813, 60, 400)).toBe('unclear');
  expect(judged(500, 813, 60, 100)).toBe('fails');
  expect(judged(500, 200, 60, 400)).toBe('fails');
});

test('what never came is no lie where others had most of the time', () => {
  const timing = { what: 'comes after', promisedMs: 400, observedMs: undefined, from: 0, to: 5000 };
  expect(timeFacet(timing, { late: 60, chained: 4000, isStarved: true }).verdict).toBe('unclear');
  expect(timeFacet(timing, { late: 60, chained: 400, isStarved: false }).verdict).toBe('fails');
});

test('a late answer is not called on time because noise made the honest one later', () => {
  expect(lateFacet(500, 100, 0).verdict).toBe('holds');
  expect(lateFacet(500, 700, 300).verdict).toBe('unclear');
  expect(lateFacet(3, 300, 250).verdict).toBe('fails');
});
