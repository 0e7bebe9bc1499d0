// How soon a client works as before, once the upstream does.
import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/base/random-stream.ts';
import { recovery } from '../../../src/scorecard/criteria/recovery.ts';
import type { Evidence } from '../../../src/scorecard/evidence.ts';
import { judged, many } from '../../support/evidence.ts';
import { answered, left, refused } from '../../support/virtual-client.ts';

const FAULT = { from: 60_000, to: 120_000 };

/** Five a second for a minute, nothing good for the next, and five a second again from so long after it on. */
const told = (afterMs: number, watchedMs = 600_000) => {
  const to = FAULT.to + watchedMs;
  const calm = many(300, (n) => answered(n * 200));
  const bad = many(300, (n) => left(60_000 + n * 200, 100));
  const back = many(Math.max(0, (watchedMs - afterMs) / 200), (n) => answered(FAULT.to + afterMs + n * 200));
  return judged(recovery, { attempts: [...calm, ...bad, ...back], faults: [FAULT], whole: { from: 0, to } });
};

test.each([
  [0, 'pass'],
  [50_000, 'pass'],
  [120_000, 'warn'],
  [400_000, 'fail'],
])('back after %i ms: %s', (afterMs, verdict) => {
  expect(told(afterMs)).toMatchObject({
    verdict,
    figure: expect.closeTo(afterMs / 1000, -0.5),
    more: { censored: null },
  });
});

test('who was not back while it was watched has a lower bound, which fails where it is long enough', () => {
  expect(told(1_000_000, 30_000)).toMatchObject({
    verdict: 'warn',
    figure: 30,
    more: { censored: expect.any(String) },
  });
  expect(told(1_000_000, 90_000)).toMatchObject({ verdict: 'fail', figure: 90 });
});

describe('who is back too late to be watched for a whole window', () => {
  test.each([
    [5000, 17_000, 3],
    [12_000, 18_000, 9],
    [30_000, 31_000, 14],
  ])('after %i ms of %i has no data, and is told how long it must be watched', (afterMs, watchedMs, longer) => {
    const finding = told(afterMs, watchedMs);
    expect(finding).toMatchObject({ verdict: 'no-data', figure: null });
    expect(finding.advice).toMatch(new RegExp(`for (${longer}|${longer + 1}) s longer`));
  });

  test('is judged once it has been', () => {
    expect(told(5000, 20_400)).toMatchObject({ verdict: 'pass', more: { censored: null } });
    expect(told(0, 15_100)).toMatchObject({ verdict: 'pass', figure: 0 });
  });

  test.each([
    [70_000, 80_000, 'warn'],
    [310_000, 320_000, 'fail'],
  ])('after %i ms of %i is known to be late: %s', (afterMs, watchedMs, verdict) => {
    expect(told(afterMs, watchedMs)).toMatchObject({
      ...{ verdict, figure: expect.closeTo(afterMs / 1000, -0.5), more: { censored: expect.any(String) } },
    });
  });
});

/** Five a second after the fault, of which those are good. */
const afterFault = (watchedMs: number, isGood: (n: number) => boolean, about: Partial<Evidence> = {}) => {
  const calm = many(300, (n) => answered(n * 200));
  const after = many(watchedMs / 200, (n) => (isGood(n) ? answered : refused)(FAULT.to + n * 200));
  return judged(recovery, { attempts: [...calm, ...after], faults: [FAULT], ...about });
};

test.each([0.1, 0.3, 0.5])(
  'who is answered well in %f of all cases until the end is not back, but by rare chance',
  (share) => {
    const verdicts = (watchedMs: number) =>
      many(40, (seed) => {
        const draw = randomStream(seed, 'recovery');
        return afterFault(watchedMs, () => draw() < share).verdict;
      });
    expect(verdicts(90_000).filter((verdict) => verdict === 'fail').length).toBeGreaterThanOrEqual(35);
    expect(verdicts(30_000).filter((verdict) => verdict === 'warn').length).toBeGreaterThanOrEqual(35);
  },
);

test('a last good answer alone does not say that it is back, unless nothing was good before', () => {
  expect(afterFault(90_000, (n) => n % 10 === 0 || n === 449).verdict).toBe('fail');
  expect(afterFault(30_000, (n) => n === 149)).toMatchObject({ verdict: 'no-data' });
});

describe('whoever stops asking', () => {
  const whole = { from: 0, to: FAULT.to + 90_000 };

  test('while it is answered well, was not watched for longer than it asked', () => {
    expect(afterFault(12_000, (n) => n >= 25, { whole })).toMatchObject({ verdict: 'no-data' });
    expect(afterFault(0, () => true, { whole })).toMatchObject({ verdict: 'no-data' });
  });

  test('though buyers are there, as somebody says, is not back', () => {
    expect(afterFault(12_000, (n) => n >= 25, { whole, demand: 20 })).toMatchObject({ verdict: 'fail' });
  });

  test('after failures is not back, which may be a lack of buyers', () => {
    const { verdict, unsure } = afterFault(12_000, () => false, { whole });
    expect(verdict).toBe('fail');
    expect(unsure).toContain('lack of buyers');
    expect(afterFault(12_000, () => false, { whole, demand: 20 }).unsure).toBeUndefined();
  });
});

test('of a client that asks for little, so much is needed that it can be told', () => {
  const calm = many(30, (n) => answered(n * 2000));
  const after = (isGood: (n: number) => boolean) =>
    judged(recovery, {
      attempts: [...calm, ...many(50, (n) => (isGood(n) ? answered : refused)(FAULT.to + n * 2000))],
      faults: [FAULT],
    });
  expect(after((n) => n % 3 === 0).verdict).toBe('fail');
  expect(after(() => true)).toMatchObject({ verdict: 'pass', figure: 0 });
});

test('answers that are no use are no recovery', () => {
  const calm = many(300, (n) => answered(n * 200));
  const wrong = many(500, (n) => answered(FAULT.to + n * 200, { isWrongType: true }));
  const finding = judged(recovery, { attempts: [...calm, ...wrong], faults: [FAULT] });
  expect(finding).toMatchObject({ verdict: 'fail', evidence: [] });
});

test('without a calm before, or while a fault is still in force, there is no data', () => {
  expect(
    judged(recovery, { attempts: many(300, (n) => answered(n * 200)), faults: [{ from: 0, to: 30_000 }] }).verdict,
  ).toBe('no-data');
  expect(told(0, 0).verdict).toBe('no-data');
  expect(told(0, 14_000).verdict).toBe('no-data');
  expect(judged(recovery, { attempts: many(300, (n) => answered(n * 200)) })).toMatchObject({ verdict: 'no-data' });
});

describe('where a fault struck one step of several', () => {
  /** Five purchases a second of two steps, the second of which fails under the fault, and comes back so long after it. */
  const buying = (afterMs: number) =>
    judged(recovery, {
      attempts: many(5 * 240, (n) => n * 200).flatMap((at) => {
        const isBack = at < FAULT.from || at >= FAULT.to + afterMs;
        const isUnder = at >= FAULT.from && at < FAULT.to;
        return [
          answered(at, { operation: 'reserveSeats' }),
          ...(isBack ? [answered(at + 20)] : isUnder ? [left(at + 20, 100)] : []),
        ];
      }),
      ...{ faults: [FAULT], whole: { from: 0, to: 240_000 } },
    });

  test('who only reads and reserves as before sells nothing, and is not back', () => {
    const finding = buying(1_000_000);
    expect(finding).toMatchObject({ verdict: 'fail', isLowerBound: true, more: { operation: 'completeOrder' } });
    expect(finding.advice).toContain('completeOrder');
  });

  test('it is told when that one was back', () => {
    expect(buying(8700)).toMatchObject({ verdict: 'pass', more: { operation: 'completeOrder' } });
    expect(buying(8700).figure).toBeCloseTo(8.7, 0);
    expect(buying(80_000)).toMatchObject({ verdict: 'warn', figure: expect.closeTo(80, 0) });
  });

  test('a step that is asked for too seldom to be judged is left to all of them together', () => {
    const seldom = many(20, (n) => answered(n * 3000, { operation: 'cancelOrder' }));
    const failing = many(10, (n) => left(60_000 + n * 3000, 100, { operation: 'cancelOrder' }));
    const attempts = [...many(300 * 4, (n) => answered(n * 200)), ...seldom, ...failing];
    const whole = { from: 0, to: 150_000 };
    expect(judged(recovery, { attempts, faults: [FAULT], whole })).toMatchObject({
      ...{ verdict: 'pass', more: { operation: null } },
    });
  });
});

test('it is back with its first good answer, and not before', () => {
  expect(told(2800).figure).toBeCloseTo(2.8, 2);
});
