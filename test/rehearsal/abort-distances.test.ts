// How far a rehearsal is from each condition that would abort it, in numbers.
import { expect, test } from 'vitest';
import { abortDistances, type ObservedSoFar } from '../../src/rehearsal/abort-distances.ts';
import type { AbortLimits } from '../../src/rehearsal/plan.ts';

const NONE: AbortLimits = {
  ...{ wallClockMs: null, openRequests: null, errorShare: null, frontDoor: null, memoryBytes: null },
  eventLoopLagMs: null,
};
const ALL: AbortLimits = {
  wallClockMs: 60_000,
  openRequests: 100,
  errorShare: { above: 0.5, forMs: 5000 },
  frontDoor: { url: 'http://127.0.0.1/', failingMs: 10_000 },
  memoryBytes: 1000,
  eventLoopLagMs: 200,
};
const SEEN: ObservedSoFar = {
  ...{ now: 15_000, startedAt: 5000, open: 7, errorShare: 0.25, memoryBytes: 900, lagMs: 12, hasLooked: true },
  frontDoor: { since: 12_000, why: 'it answered 503' },
};

test('each condition that is configured is told with its value, its limit and their unit', () => {
  expect(abortDistances(NONE, SEEN)).toEqual([]);
  expect(abortDistances(ALL, SEEN)).toEqual([
    { name: 'wallClock', value: 10_000, limit: 60_000, unit: 'ms' },
    { name: 'openRequests', value: 7, limit: 100, unit: 'count' },
    { name: 'errorShare', value: 0.25, limit: 0.5, unit: 'share' },
    { name: 'frontDoor', value: 3000, limit: 10_000, unit: 'ms' },
    { name: 'memory', value: 900, limit: 1000, unit: 'bytes' },
    { name: 'eventLoopLag', value: 12, limit: 200, unit: 'ms' },
  ]);
});

test('a front door that is well is at 0, and what was not measured yet at nothing', () => {
  const value = (seen: Partial<ObservedSoFar>, name: string) =>
    abortDistances(ALL, { ...SEEN, ...seen }).find((one) => one.name === name)?.value;
  expect(value({ frontDoor: null }, 'frontDoor')).toBe(0);
  expect(value({ frontDoor: null, hasLooked: false }, 'frontDoor')).toBeNull();
  expect(value({ memoryBytes: null }, 'memory')).toBeNull();
  expect(value({ errorShare: null }, 'errorShare')).toBeNull();
});
