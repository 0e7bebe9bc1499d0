// When webhooks are tried again: the schedule of Standard Webhooks by the box office's pace, put off by Retry-After.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_ATTEMPTS, MAX_RETRY_AFTER_MS, RETRY_MS, retryAfterMs, retryWaitMs } from '../../src/webhooks/schedule.ts';

const waits = (timeScale: number): (number | undefined)[] =>
  Array.from({ length: MAX_ATTEMPTS }, (_, i) => retryWaitMs(i + 1, timeScale));

describe('the schedule', () => {
  test('is 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, and then over', () => {
    const [s, min, h] = [1000, 60_000, 3_600_000];
    const hours = [2, 5, 10, 14, 20, 24].map((n) => n * h);
    expect(waits(1)).toEqual([5 * s, 5 * min, 30 * min, ...hours, undefined]);
  });

  test('runs as fast as box-office time', () => {
    expect(waits(60).slice(0, 2)).toEqual([RETRY_MS[0], RETRY_MS[1]].map((ms) => (ms ?? 0) / 60));
  });

  test('is only ever put off by a Retry-After, and for no more than a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(), fc.constantFrom(1, 60, 1000), (attempts, after, scale) => {
        const [wait = 0, without = 0] = [retryWaitMs(attempts, scale, after), retryWaitMs(attempts, scale)];
        expect(wait).toBeGreaterThanOrEqual(without);
        expect(wait).toBe(Math.max(without, Math.min(after, MAX_RETRY_AFTER_MS)));
      }),
    );
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 5, 12);
  test.each([
    ['120', 120_000],
    ['0', 0],
    ['Mon, 05 Jan 2026 12:00:30 GMT', 30_000],
    ['Mon, 05 Jan 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['2026-01-05', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %j ms from now', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});
