// Clients whose purchases have several steps: which of them has a breaker is seen through what the steps before it let come.
import { describe, expect, test } from 'vitest';
import { randomStream } from '../../src/base/random-stream.ts';
import { breakerOpening } from '../../src/scorecard/criteria/breaker-opening.ts';
import { concurrency } from '../../src/scorecard/criteria/concurrency.ts';
import { halfOpenProbes } from '../../src/scorecard/criteria/half-open-probes.ts';
import { recovery } from '../../src/scorecard/criteria/recovery.ts';
import type { Attempt } from '../../src/scorecard/evidence.ts';
import { judged, many } from '../support/evidence.ts';
import { AROUND_FAULT, FAULT, isUnderFault, purchases, steadily } from '../support/purchases.ts';
import { answered, left, refused } from '../support/virtual-client.ts';

const around = (attempts: readonly Attempt[]) => ({ ...AROUND_FAULT, attempts });

describe('without a breaker', () => {
  const sweep = [5, 6, 8].flatMap((steps) => [0.3, 0.4, 0.45].map((share) => [steps, share] as const));

  test.each(sweep)(
    'purchases of %i steps that each fail by %f pass for no breaker, nor are they told to have one',
    (steps, share) => {
      for (const seed of [1, 2, 3, 4, 5]) {
        const { verdict, figure } = judged(breakerOpening, around(purchases(Array(steps).fill(share), seed)));
        expect({ verdict, figure }).toEqual({ verdict: 'no-data', figure: null });
      }
    },
  );

  test.each([0.6, 0.8, 1])(
    'purchases of five steps that each fail by %f fail, for what their first step asks',
    (share) => {
      for (const seed of [1, 2, 3])
        expect(judged(breakerOpening, around(purchases(Array(5).fill(share), seed)))).toMatchObject({
          ...{ verdict: 'fail', figure: null, more: { operation: 'step 0' } },
        });
    },
  );

  test('a last step that fails always is asked for too seldom, where those before it let few through', () => {
    const evidence = around(purchases([0.45, 0.45, 0.45, 0.45, 1], 1));
    const finding = judged(breakerOpening, evidence);
    expect(finding).toMatchObject({ verdict: 'no-data' });
    expect(finding.advice).toMatch(/step 4 1\.\d times a second/);
    expect(judged(halfOpenProbes, evidence)).toMatchObject({ verdict: 'no-data', n: 0 });
  });

  /** Under the fault so many calls at a time, each given up after so long. */
  const behindBulkhead = (slots: number, ms: number): Attempt[] => [
    ...steadily((at) => [answered(at)], FAULT.from),
    ...many(Math.ceil(65_000 / (ms + 500)), (round) =>
      many(slots, (n) => left(FAULT.from + round * (ms + 500) + n * 50, ms)).filter(({ at }) => at < FAULT.to),
    ).flat(),
    ...many(800, (n) => answered(FAULT.to + n * 50)),
  ];

  test.each([1, 2, 10])('a bulkhead of %i, all of whose places wait, is none', (slots) => {
    const finding = judged(breakerOpening, around(behindBulkhead(slots, 10_000)));
    expect(finding).toMatchObject({ verdict: 'fail', figure: null });
    expect(finding.advice).toContain('places');
  });

  test('nor is one whose client stalls for some seconds, and then takes its places again', () => {
    const attempts = behindBulkhead(10, 10_000).map((one) =>
      one.at > 45_000 && one.at < FAULT.to
        ? { ...one, at: one.at + 4000, endedAt: (one.endedAt as number) + 4000 }
        : one,
    );
    const finding = judged(breakerOpening, around(attempts.filter(({ at }) => at < FAULT.to || at > FAULT.to + 3000)));
    expect(finding).toMatchObject({ verdict: 'fail', figure: null });
  });

  test('a client that stalls for a second now and then has no probes', () => {
    const isStalled = (at: number): boolean => isUnderFault(at) && at % 4000 >= 3000;
    const attempts = steadily((at) => (isStalled(at) ? [] : [isUnderFault(at) ? left(at, 40) : answered(at)]));
    const finding = judged(halfOpenProbes, around(attempts));
    expect(finding).toMatchObject({ verdict: 'no-data', n: 16 });
    expect(finding.advice).toContain('25 %');
  });

  test('calls that are all left open may be those of a breaker or of a pool, which cannot be told', () => {
    const all = many(10, (n) => left(FAULT.from + n * 50, FAULT.to - FAULT.from - n * 50 + 5));
    const finding = judged(breakerOpening, around([...steadily((at) => [answered(at)], FAULT.from), ...all]));
    expect(finding).toMatchObject({ verdict: 'no-data', figure: null });
    expect(finding.advice).toContain('10 calls');
  });

  test('calls that were all left open for half of the fault were asked for until then, whatever ended that', () => {
    const open = steadily(
      (at) => (isUnderFault(at) ? [left(at, FAULT.to - at + 5)] : [answered(at)]),
      FAULT.from + 40_000,
    );
    const finding = judged(breakerOpening, around(open));
    expect(finding).toMatchObject({ verdict: 'fail', figure: null });
    expect(finding.advice).toMatch(/for all of (39|40) s/);
  });
});

/** When a breaker that opens after a second and lets a call through every ten asks, of a fault since then. */
const isAsked = (at: number, since: number): boolean => at < since + 1000 || (at - since) % 10_000 === 0;

describe('with a breaker for each step', () => {
  test('a fault that wanders from one to the other is judged from when it struck each', () => {
    const turn = 53_000;
    const finding = judged(
      breakerOpening,
      around(
        steadily((at) => {
          const [isFirst, isSecond] = [isUnderFault(at) && at < turn, isUnderFault(at) && at >= turn];
          const read = { operation: 'listSessions' };
          if (isSecond) return isAsked(at, turn) ? [left(at, 1000, read)] : [];
          if (isFirst) return [answered(at, read), ...(isAsked(at, FAULT.from) ? [left(at + 10, 1000)] : [])];
          return [answered(at, read), answered(at + 10)];
        }),
      ),
    );
    expect(finding).toMatchObject({ verdict: 'pass', figure: expect.closeTo(0.95, 1) });
  });

  test('the longer of two faults does not hide that another step has none', () => {
    const faults = [FAULT, { from: 120_000, to: 184_000 }];
    const attempts = steadily((at) => {
      if (isUnderFault(at)) return isAsked(at, FAULT.from) ? [left(at, 1000, { operation: 'listSessions' })] : [];
      const completes = at >= 120_000 && at < 184_000 ? left(at + 10, 1000) : answered(at + 10);
      return [answered(at, { operation: 'listSessions' }), completes];
    }, 240_000);
    expect(judged(breakerOpening, { attempts, faults, demand: 20, whole: { from: 0, to: 240_000 } })).toMatchObject({
      ...{ verdict: 'fail', more: { operation: 'completeOrder' } },
    });
  });

  test('they open out of step, and each is open for as long as it says', () => {
    const attempts = steadily((at) =>
      [
        { operation: 'listSessions', late: 0 },
        { operation: 'findOrders', late: 4000 },
      ].flatMap(({ operation, late }) => {
        if (!isUnderFault(at)) return [answered(at, { operation })];
        const isProbe = (at - FAULT.from - late) % 8000 === 1000;
        return at < FAULT.from + 1000 + late || isProbe ? [refused(at, { operation })] : [];
      }),
    );
    expect(judged(halfOpenProbes, around(attempts)).figure).toBeCloseTo(8, 1);
  });
});

test('a step that is asked for no more because the breaker of one before it opened is not told in its place', () => {
  const draw = randomStream(3, 'before');
  const attempts = steadily((at) => {
    const [isFirst, isSecond] = [at >= FAULT.from + 1000 && draw() < 0.7, draw() < 0.7];
    if (!isUnderFault(at)) return [answered(at, { operation: 'step 0' }), answered(at + 1, { operation: 'step 1' })];
    if (!isAsked(at, FAULT.from + 5000)) return [];
    if (isFirst) return [refused(at, { operation: 'step 0' })];
    return [answered(at, { operation: 'step 0' }), (isSecond ? refused : answered)(at + 1, { operation: 'step 1' })];
  });
  expect(judged(breakerOpening, around(attempts))).toMatchObject({ verdict: 'pass', more: { operation: 'step 0' } });
});

describe('what is no probe', () => {
  test('what was asked for in a second fault before its breaker opened there', () => {
    const faults = [
      { from: 20_000, to: 53_000 },
      { from: 53_500, to: 85_000 },
    ];
    const attempts = steadily((at) => {
      const fault = faults.find(({ from, to }) => at >= from && at < to);
      if (!fault) return [answered(at)];
      return at < fault.from + 2000 || (at - fault.from) % 10_000 === 2000 ? [refused(at)] : [];
    });
    expect(judged(halfOpenProbes, { ...around(attempts), faults })).toMatchObject({
      verdict: 'pass',
      more: { burst: 1 },
    });
  });

  test('what was asked for after a probe that was answered well, and closed the breaker', () => {
    expect(judged(halfOpenProbes, around(behindClosing(0.7)))).toMatchObject({ verdict: 'pass', more: { burst: 1 } });
    expect(judged(breakerOpening, around(behindClosing(0.7)))).toMatchObject({ figure: expect.closeTo(1, 0) });
  });
});

/** Behind a breaker that opens where half of twenty calls fail, for ten seconds, and closes with the first good one. */
function behindClosing(share: number): Attempt[] {
  const draw = randomStream(99, 'closing');
  let [until, calls, failed, isHalfOpen] = [0, 0, 0, false];
  return steadily((at) => {
    if (at < until) return [];
    const isBad = isUnderFault(at) && draw() < share;
    calls++;
    if (isBad) failed++;
    const opens = isHalfOpen ? isBad : calls >= 20 && failed >= calls / 2;
    isHalfOpen = opens;
    if (opens) until = at + 10_000;
    if (!isUnderFault(at) || (!isBad && calls === 1) || opens) [calls, failed] = [0, 0];
    return [(isBad ? refused : answered)(at)];
  });
}

test('so many open at once as no bound and no time-out explain fail, by the step that waits alone', () => {
  const open = { endedAt: null, ended: null, firstByteAt: null, status: null };
  const attempts = [
    ...steadily((at) => many(5, (step) => answered(at + step, { operation: `step ${step}` })), FAULT.from),
    ...many(1300, (n) => answered(FAULT.from + n * 50, { operation: 'step 0', ...open })),
  ];
  const finding = judged(concurrency, { ...around(attempts), whole: { from: 0, to: FAULT.to } });
  expect(finding).toMatchObject({ verdict: 'fail', figure: 1300, more: { limit: 300 } });
  expect(finding.advice).toContain('bulkhead of some 300');
});

describe('a step that nothing came to under the fault', () => {
  const selling = (completes: (at: number) => boolean) =>
    judged(
      recovery,
      around(
        steadily((at) => {
          if (isUnderFault(at)) return [left(at, 1000, { operation: 'step 0' })];
          const steps = many(12, (step) => answered(at + step, { operation: `step ${step}` }));
          return completes(at) ? [...steps, answered(at + 12)] : steps;
        }),
      ),
    );

  test('must come back too', () => {
    expect(selling(() => true)).toMatchObject({ verdict: 'pass', figure: expect.closeTo(0, 1) });
    expect(selling((at) => at < FAULT.from)).toMatchObject({ verdict: 'warn', more: { operation: 'completeOrder' } });
  });

  test('need not, where it was asked for in the beginning alone', () => {
    expect(selling((at) => at < 8000)).toMatchObject({ verdict: 'pass', figure: expect.closeTo(0, 1) });
  });
});
