// Whether a client waits as long as it is asked to.
import { expect, test } from 'vitest';
import { retryAfter } from '../../../src/scorecard/criteria/retry-after.ts';
import { judged, many } from '../../support/evidence.ts';
import { answered, refused } from '../../support/virtual-client.ts';

/** Refused for `askedMs` each, and back `waitMs` after the answer; undefined: never. */
const told = (count: number, askedMs: number, waitMs: (n: number) => number | undefined, to = 1_000_000) => {
  const attempts = many(count, (n) => {
    const named = { idempotencyKey: `k${n}` };
    const first = refused(n * 10, { ...named, retryAfterMs: askedMs, requestId: `asked-${n}` });
    const wait = waitMs(n);
    return wait === undefined ? [first] : [first, answered(n * 10 + 5 + wait, { ...named, requestId: `back-${n}` })];
  });
  return judged(retryAfter, { attempts: attempts.flat(), whole: { from: 0, to } });
};

test('coming back when it is asked to, or never, is obeying', () => {
  expect(told(20, 2000, () => 2000)).toMatchObject({ verdict: 'pass', figure: 1, n: 20 });
  expect(told(20, 2000, () => undefined)).toMatchObject({ verdict: 'pass', figure: 1, n: 20 });
});

test('coming back at once fails, and shows who did', () => {
  const finding = told(20, 2000, () => 100);
  expect(finding).toMatchObject({ verdict: 'fail', figure: 0, more: { earliest: 0.05 } });
  expect(finding.evidence.slice(0, 2)).toEqual(['asked-0', 'back-0']);
});

test('a few that come too early of many are a warning', () => {
  expect(told(100, 2000, (n) => (n < 5 ? 100 : 2100))).toMatchObject({ verdict: 'warn', figure: 0.95 });
});

test('a quarter of a second too early is on time, and two parts of a hundred of a long wait', () => {
  expect(told(20, 2000, () => 1751).verdict).toBe('pass');
  expect(told(20, 2000, () => 1700).verdict).toBe('fail');
  expect(told(20, 60_000, () => 58_900).verdict).toBe('pass');
});

test('of a date, a second too early is on time', () => {
  expect(told(20, 4321, () => 3400).verdict).toBe('pass');
  expect(told(20, 4321, () => 3200).verdict).toBe('fail');
});

test('who could not have come back yet is not counted, unless it came too early', () => {
  expect(told(30, 60_000, () => undefined, 1000)).toMatchObject({ verdict: 'no-data', n: 0 });
  expect(told(30, 60_000, () => 100, 1000)).toMatchObject({ verdict: 'fail', n: 30 });
});

test('what was sent before the answer came could not heed it', () => {
  const hedged = (backMs: number) =>
    many(20, (n) => {
      const named = { idempotencyKey: `k${n}` };
      const slow = { ...named, retryAfterMs: 2000, firstByteAt: n * 10 + 300, endedAt: n * 10 + 300 };
      return [refused(n * 10, slow), answered(n * 10 + 200, named), answered(n * 10 + 300 + backMs, named)];
    }).flat();
  const whole = { from: 0, to: 10_000 };
  expect(judged(retryAfter, { attempts: hedged(2000), whole })).toMatchObject({ verdict: 'pass', n: 20, figure: 1 });
  expect(judged(retryAfter, { attempts: hedged(500), whole })).toMatchObject({ verdict: 'fail', n: 20 });
});

test('of many tries that overlap, the first that came after the answer is the one that should have waited', () => {
  const tries = (apartMs: number, lastWaitsMs: number) =>
    many(30, (n) => {
      const named = { idempotencyKey: `k${n}` };
      const endedAt = 20 * apartMs + 100;
      const slow = { ...named, retryAfterMs: 2000, firstByteAt: endedAt, endedAt };
      return [...many(20, (k) => refused(k * apartMs, slow)), answered(endedAt + lastWaitsMs, named)];
    }).flat();
  const whole = { from: 0, to: 10_000 };
  expect(judged(retryAfter, { attempts: tries(10, 2000), whole })).toMatchObject({ verdict: 'pass', n: 600 });
  expect(judged(retryAfter, { attempts: tries(10, 500), whole })).toMatchObject({ verdict: 'fail', n: 600, figure: 0 });
});

test('tries of one operation that overlap, however many, are told like any other', () => {
  const held = { idempotencyKey: 'k', firstByteAt: 200_000, endedAt: 200_000, retryAfterMs: 2000 };
  const attempts = [...many(100_000, (n) => refused(n, held)), answered(200_500, { idempotencyKey: 'k' })];
  expect(judged(retryAfter, { attempts })).toMatchObject({ verdict: 'fail', n: 100_000, figure: 0 });
});

test('fewer than twenty answers that asked to wait are no data', () => {
  expect(told(19, 2000, () => 100)).toMatchObject({ verdict: 'no-data', n: 19, figure: null });
  expect(judged(retryAfter, { attempts: many(50, (n) => refused(n)) })).toMatchObject({ verdict: 'no-data', n: 0 });
});
