// How many requests wait at once: bounded, ever more, or never put to the test.
import { expect, test } from 'vitest';
import { concurrency } from '../../../src/scorecard/criteria/concurrency.ts';
import type { Attempt } from '../../../src/scorecard/evidence.ts';
import { judged, many } from '../../support/evidence.ts';
import { answered, left, refused } from '../../support/virtual-client.ts';

const FAULT = { from: 30_000, to: 90_000 };
const WHOLE = { from: 0, to: 90_000 };

/** Ten a second, all the time; `under` a fault of a minute as is said. */
const told = (under: (at: number) => Attempt | undefined) => {
  const attempts = many(900, (n) => (n < 300 ? answered(n * 100) : under(n * 100)));
  return judged(concurrency, { attempts: attempts.filter((one) => one !== undefined), faults: [FAULT], whole: WHOLE });
};

test('a client with a time-out holds no more than its rate and time-out come to', () => {
  expect(told((at) => left(at, 1000))).toMatchObject({ verdict: 'pass', figure: 10, n: 600, more: { limit: 30 } });
});

test('a client that waits for ever holds ever more, and fails', () => {
  const finding = told((at) => left(at, 90_000 - at));
  expect(finding).toMatchObject({ verdict: 'fail', figure: 600 });
  expect(finding.advice).toContain('bulkhead');
  expect(finding.evidence).toHaveLength(10);
});

test('far more than its time-out explains is a warning, though it grows no more', () => {
  const attempts = [...many(300, (n) => answered(n * 100)), ...many(900, (n) => left(30_000 + n * 66, 2000))];
  const slow = attempts.map((one) =>
    one.ended === 'client-left' && one.at % 5 ? { ...one, ended: 'closed' as const, endedAt: one.at + 20_000 } : one,
  );
  expect(judged(concurrency, { attempts: slow, faults: [FAULT], whole: WHOLE }).verdict).toBe('warn');
});

test('a bulkhead that is full from the first second on is bounded, even if nothing moves for most of the fault', () => {
  const full = many(20, (n) => left(30_000 + n, 59_000));
  const late = many(4, (n) => left(89_100 + n, 100));
  const attempts = [...many(300, (n) => answered(n * 100)), ...full, ...late];
  expect(judged(concurrency, { attempts, faults: [FAULT], whole: WHOLE })).toMatchObject({
    verdict: 'pass',
    figure: 20,
  });
});

test('what was never held says nothing about a bound', () => {
  expect(told((at) => refused(at))).toMatchObject({ verdict: 'no-data', figure: null });
});

test('without traffic before and under a fault there is no data', () => {
  expect(told(() => undefined)).toMatchObject({ verdict: 'no-data' });
  expect(judged(concurrency, {})).toMatchObject({ verdict: 'no-data', n: 0 });
  expect(judged(concurrency, { attempts: many(900, (n) => left(n * 100, 1000)) })).toMatchObject({
    verdict: 'no-data',
  });
});

test('an operation that is waited for longer than the others may have more open, and no more than that', () => {
  const read = { operation: 'getSeatMap', method: 'GET' };
  const both = (at: number, patienceMs: number) =>
    at < FAULT.from ? [answered(at), answered(at, read)] : [left(at, patienceMs), left(at, 300, read)];
  const judge = (patienceMs: number) =>
    judged(concurrency, {
      attempts: many(900, (n) => both(n * 100, patienceMs)).flat(),
      faults: [FAULT],
      whole: WHOLE,
    });
  expect(judge(7000)).toMatchObject({ verdict: 'pass', figure: 73, more: { limit: 3 * (70 + 3) } });
  const waitsForever = many(900, (n) => both(n * 100, 90_000 - n * 100)).flat();
  expect(judged(concurrency, { attempts: waitsForever, faults: [FAULT], whole: WHOLE }).verdict).toBe('fail');
});
