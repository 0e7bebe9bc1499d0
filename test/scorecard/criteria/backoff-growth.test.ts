// Whether each delay is longer than the one before it.
import { expect, test } from 'vitest';
import { backoffGrowth } from '../../../src/scorecard/criteria/backoff-growth.ts';
import { judged, many } from '../../support/evidence.ts';
import { left, refused } from '../../support/virtual-client.ts';

/** Operations that are tried again after these delays. */
const told = (count: number, delays: readonly number[], slow: (n: number) => number = () => 0) => {
  const attempts = many(count, (n) => {
    let at = n * 50;
    return [0, ...delays].map((delay, k) => {
      at += delay + (k === 0 ? 0 : 5) + (k > 0 ? slow(n) : 0);
      return refused(at, { idempotencyKey: `k${n}`, requestId: `r${n}-${k}` });
    });
  });
  return judged(backoffGrowth, { attempts: attempts.flat() });
};

test('delays that double pass', () => {
  const finding = told(20, [200, 400, 800]);
  expect(finding).toMatchObject({ verdict: 'pass', n: 20, more: { firstMs: 200 } });
  expect(finding.figure).toBeCloseTo(2);
});

test('delays that stay as they are, or are none at all, fail', () => {
  expect(told(20, [300, 300, 300])).toMatchObject({ verdict: 'fail', figure: expect.closeTo(1) });
  expect(told(20, [0, 0, 0])).toMatchObject({ verdict: 'fail', figure: expect.closeTo(1) });
});

test('delays of a few milliseconds are none at all, however much they differ from each other', () => {
  const uneven = many(40, (n) =>
    many(3, (k) => refused(n * 50 + k * (6 + ((n * 5) % (7 - k))), { idempotencyKey: `k${n}` })),
  );
  const finding = judged(backoffGrowth, { attempts: uneven.flat() });
  expect(finding).toMatchObject({ verdict: 'fail', figure: 1 });
  expect(finding.advice).toContain('It tries again at once at first');
});

test('a first retry that comes at once does not count as what the others grew from', () => {
  expect(told(20, [1, 800, 1600])).toMatchObject({ verdict: 'pass', figure: expect.closeTo(2), more: { firstMs: 1 } });
  expect(told(20, [1, 400, 400])).toMatchObject({ verdict: 'fail', figure: expect.closeTo(1) });
});

test('where the only step is from none to some, it is told in words, since nothing is a multiple of none', () => {
  const finding = told(20, [1, 800]);
  expect(finding).toMatchObject({ verdict: 'pass', figure: null, more: { low: null, high: null, firstMs: 1 } });
  expect(finding.advice).toBe('It tries again at once at first, and then waits 800 ms before the next attempt.');
  // a busy machine makes as much of none
  const little = told(20, [8, 14]);
  expect(little).toMatchObject({ verdict: 'warn', figure: null });
  expect(told(20, [8, 9])).toMatchObject({ verdict: 'fail', figure: 1 });
});

test('delays that come to nothing again do not grow', () => {
  expect(told(20, [1, 800, 1]).verdict).toBe('fail');
  expect(told(20, [800, 1]).verdict).toBe('fail');
});

test('nobody can tell how long it waited after a try that it left open', () => {
  const attempts = many(20, (n) => many(3, (k) => left(n * 50 + k * 700, 9000 - k * 700, { idempotencyKey: `k${n}` })));
  const finding = judged(backoffGrowth, { attempts: attempts.flat() });
  expect(finding).toMatchObject({ verdict: 'no-data', n: 0 });
  expect(finding.advice).toContain('20 operations were tried again while a try of them was still open');
});

test('they need not grow where the first is long, and then are a warning', () => {
  expect(told(20, [5000, 5000]).verdict).toBe('warn');
});

test('delays that grew until a limit pass, however long they stay there', () => {
  expect(told(20, [200, 800, 800, 800, 800, 800, 800]).verdict).toBe('pass');
});

test('one slow moment is no growth', () => {
  expect(told(40, [300, 300, 300], (n) => (n === 7 ? 2000 : 0)).verdict).not.toBe('pass');
});

test('growth that is neither is a warning', () => {
  expect(told(20, [200, 240, 288]).verdict).toBe('warn');
});

test('a delay that an answer asked for is not its own', () => {
  const attempts = many(20, (n) =>
    many(4, (k) => refused(n * 50 + k * 2005, { idempotencyKey: `k${n}`, retryAfterMs: 2000 })),
  );
  const { verdict, n, advice } = judged(backoffGrowth, { attempts: attempts.flat() });
  expect([verdict, n]).toEqual(['no-data', 0]);
  expect(advice).toBe(
    '20 operations with two retries are needed whose delays no answer asked for. 20 operations were tried again after an answer with Retry-After: such delays do not count.',
  );
});

test('fewer than twenty operations with two retries are no data', () => {
  expect(told(19, [200, 400])).toMatchObject({ verdict: 'no-data', n: 19, figure: null });
  expect(told(50, [200])).toMatchObject({ verdict: 'no-data', n: 0 });
  expect(judged(backoffGrowth, {}).verdict).toBe('no-data');
});
