// How soon a client stops asking, of which the demand is known.
import { expect, test } from 'vitest';
import { breakerOpening } from '../../../src/scorecard/criteria/breaker-opening.ts';
import type { Evidence } from '../../../src/scorecard/evidence.ts';
import { judged, many } from '../../support/evidence.ts';
import { answered, behindBreaker, left, refused } from '../../support/virtual-client.ts';

const FAULT = { from: 10_000, to: 130_000 };
const BREAKER = { seed: 1, demand: 20, calmMs: 10_000, faultMs: 120_000, timeoutMs: 500, openMs: 10_000 };

/** Asks on for so many of the 120 s of the fault, at 20 a second, and from then on for so many a second. */
const told = (forMs: number, perS = 0, about: Partial<Evidence> = {}) => {
  const asked = many(forMs / 50, (n) => left(10_000 + n * 50, 500));
  const later = many(perS * 60, (n) => left(10_000 + forMs + (n * 1000) / perS, 500));
  return judged(breakerOpening, {
    ...{ attempts: [...asked, ...later], faults: [FAULT], whole: { from: 0, to: 130_000 }, demand: 20 },
    ...about,
  });
};

test('a breaker that opens after twenty failures passes', () => {
  const finding = judged(breakerOpening, behindBreaker({ ...BREAKER, failures: 20 }));
  expect(finding).toMatchObject({ verdict: 'pass', n: 2400 });
  expect(finding.figure).toBeLessThan(3);
});

test('it is told when it opened, and what it keeps back', () => {
  expect(told(10_000)).toMatchObject({
    verdict: 'pass',
    figure: expect.closeTo(9.95, 1),
    more: { shed: expect.closeTo(0.99, 1) },
  });
});

test('opening late, or keeping back too little, is a warning', () => {
  expect(told(60_000).verdict).toBe('warn');
  const often = many(6, (n) => many(100, (m) => left(32_000 + n * 16_000 + m * 50, 500)));
  const asked = many(100, (n) => left(10_000 + n * 50, 500));
  const reopening = judged(breakerOpening, {
    ...{ attempts: [...asked, ...often.flat()], faults: [FAULT], whole: { from: 0, to: 130_000 }, demand: 20 },
  });
  expect(reopening).toMatchObject({
    verdict: 'warn',
    figure: expect.closeTo(5, 1),
    more: { shed: expect.closeTo(0.74, 1) },
  });
});

test('asking on through all of the fault fails', () => {
  const finding = told(120_000);
  expect(finding).toMatchObject({ verdict: 'fail', figure: null });
  expect(finding.advice).toContain('120 s');
  expect(finding.evidence).toHaveLength(10);
});

test('who is answered more often than not has no reason to stop asking', () => {
  const failing = (share: number) =>
    told(10_000, 0, {
      attempts: many(2400, (n) => (n % 10 < share * 10 ? refused : answered)(10_000 + n * 50)),
    });
  expect(failing(0.3)).toMatchObject({ verdict: 'no-data', n: 2400 });
  expect(failing(0.7).verdict).toBe('fail');
});

test('a breaker that is quick is judged by a short fault, where the thresholds say so', () => {
  const quick = { demand: 20, calmMs: 10_000, faultMs: 12_000, timeoutMs: 500, openMs: 2000, seed: 1, failures: 20 };
  const own = { window: 2, fault: 10, pass: 3 };
  const finding = judged(breakerOpening, behindBreaker(quick), own);
  expect(finding).toMatchObject({ verdict: 'pass', n: 240, figure: expect.closeTo(1.5, 0) });
  expect(judged(breakerOpening, behindBreaker(quick)).verdict).toBe('no-data');
  const asked = many(240, (n) => left(10_000 + n * 50, 500));
  const short = { faults: [{ from: 10_000, to: 22_000 }], whole: { from: 0, to: 22_000 }, demand: 20 };
  expect(judged(breakerOpening, { attempts: asked, ...short }, own)).toMatchObject({ verdict: 'fail', figure: null });
});

test('without a declared demand, or with too little, silence says nothing', () => {
  expect(told(10_000, 0, { demand: undefined })).toMatchObject({ verdict: 'no-data', n: 0 });
  expect(told(10_000, 0, { demand: 19 }).verdict).toBe('no-data');
});

test('a fault too short to open in, and one that nothing failed under, are no data', () => {
  const short = told(10_000, 0, { faults: [{ from: 10_000, to: 60_000 }] });
  expect(short.verdict).toBe('no-data');
  expect(short.advice).toContain('breaker-opening: {');
  expect(told(10_000, 0, { attempts: many(50, (n) => answered(10_000 + n * 50)) }).verdict).toBe('no-data');
  const open = many(2400, (n) => left(10_000 + n * 50, 0, { ended: null, endedAt: null }));
  expect(told(10_000, 0, { attempts: open })).toMatchObject({ verdict: 'fail', figure: null }); // it still waits for each
  expect(told(10_000, 0, { attempts: many(50, (n) => refused(10_000 + n * 50)) }).verdict).toBe('pass');
});

/** Purchases at 20 a second, of three steps, the last of which a fault strikes for two minutes. */
const buying = (completes: (at: number) => boolean, about: Partial<Evidence> = {}) =>
  judged(breakerOpening, {
    attempts: many(20 * 130, (n) => n * 50).flatMap((at) => [
      answered(at, { operation: 'reserveSeats' }),
      answered(at + 10, { operation: 'createOrder' }),
      ...(at < 10_000 ? [answered(at + 20)] : completes(at) ? [left(at + 20, 500)] : []),
    ]),
    ...{ faults: [FAULT], whole: { from: 0, to: 130_000 }, demand: 20, ...about },
  });

test('a breaker of the one step that is struck is seen, though the others go on', () => {
  expect(buying(() => true)).toMatchObject({ verdict: 'fail', figure: null, more: { operation: 'completeOrder' } });
  const opened = buying((at) => at < 15_000 || at % 10_000 === 0);
  expect(opened).toMatchObject({ verdict: 'pass', n: 2400, more: { operation: 'completeOrder' } });
  expect(opened.figure).toBeCloseTo(4.95, 1);
});

test('steps that are not reached any more do not hide that the first one is asked for all the time', () => {
  const calm = many(200, (n) => n * 50).flatMap((at) =>
    many(12, (step) => answered(at + step, { operation: `step ${step}` })),
  );
  const attempts = [...calm, ...many(2400, (n) => left(10_000 + n * 50, 500, { operation: 'step 0' }))];
  const whole = { from: 0, to: 130_000 };
  expect(judged(breakerOpening, { attempts, faults: [FAULT], whole, demand: 20 })).toMatchObject({
    ...{ verdict: 'fail', figure: null, more: { operation: 'step 0' } },
  });
});

test('more than the calm shows cannot be declared', () => {
  const slow = (perS: number) =>
    judged(breakerOpening, {
      attempts: many(130 * perS, (n) => (n * 1000) / perS).map((at) => (at < 10_000 ? answered(at) : left(at, 500))),
      ...{ faults: [FAULT], whole: { from: 0, to: 130_000 }, demand: 20 },
    });
  expect(slow(2)).toMatchObject({ verdict: 'fail', figure: null });
  const finding = judged(breakerOpening, {
    attempts: many(234, (n) => Math.round((n * 1000) / 1.8)).map((at) => (at < 30_000 ? answered(at) : left(at, 500))),
    ...{ faults: [{ from: 30_000, to: 130_000 }], whole: { from: 0, to: 130_000 }, demand: 20 },
  });
  expect(finding).toMatchObject({ verdict: 'no-data', figure: null });
  expect(finding.advice).toContain('completeOrder 1.8 times a second');
});
