// Real clients under faults that last: breakers by their own clocks, a bulkhead, nothing that bounds what waits, and pages for answers.
import { expect } from 'vitest';
import { calibration, HALF_PAGES, HANGS, OPENING_WINDOW_S, REFUSES } from './support/calibration/calibrated.ts';
import type { Outcome } from './support/calibration/trial.ts';

/** Under faults that last, most of which they spend in silence, so that all of them run at a time. */
const calibrated = calibration(9);

calibrated(
  'it waits for ever, ever more of it, and nothing is said of a time-out',
  { client: 'undici without limits', perS: 20, calmMs: 2000, faultMs: 18_000, settleMs: 0, fault: HANGS },
  ({ row }) => {
    expect(row('client-timeout')).toMatchObject({ verdict: 'no-data', figure: null });
    const { verdict, figure } = row('concurrency');
    expect(verdict).toBe('fail');
    expect(Math.abs((figure as number) - 20 * 18)).toBeLessThanOrEqual(10);
  },
);

calibrated(
  'no more are open at once than it lets be',
  {
    client: 'cockatiel with a bulkhead',
    ...{ perS: 20, calmMs: 1500, faultMs: 10_500, settleMs: 0, fault: HANGS },
  },
  ({ row }) => expect(row('concurrency')).toMatchObject({ verdict: 'pass', figure: 10 }),
);

/** Failed probes of two seconds each, and a second that each hangs. */
const BREAKER = { perS: 20, calmMs: 1000, faultMs: 16_000, settleMs: 0, fault: HANGS };
const OPEN_S = 2;
const HANGS_S = 1;

/**
 * By its own clock, when its breaker first opened. A tenth of what is asked for in a window may still come while it counts as
 * open, so that it is told as much sooner.
 */
function expectOpening({ row, counted, faultAt }: Outcome): void {
  const { figure, verdict, more } = row('breaker-opening');
  const openedS = ((counted.openedAt as number) - faultAt) / 1000;
  const told = (figure as number) + OPENING_WINDOW_S / 10;
  expect(Math.abs(told - openedS)).toBeLessThanOrEqual(openedS * 0.2);
  expect(verdict).toBe('pass');
  expect(more?.shed).toBeGreaterThan(0.9);
}

calibrated('its breaker is open for as long as it says', { client: 'opossum that aborts', ...BREAKER }, (outcome) => {
  expectOpening(outcome);
  const { row } = outcome;
  const { figure, n, more } = row('half-open-probes');
  expect(n).toBeGreaterThanOrEqual(3);
  expect(Math.abs((figure as number) - OPEN_S)).toBeLessThanOrEqual(OPEN_S * 0.2);
  expect(more).toMatchObject({ burst: 1 });
});

calibrated(
  'its breaker is seen though it leaves open what it has given up, with the time-out in each silence',
  { client: 'opossum that leaves open', ...BREAKER },
  (outcome) => {
    expectOpening(outcome);
    const { row } = outcome;
    expect(row('client-timeout')).toMatchObject({ verdict: 'no-data', figure: null });
    const { figure, n, more, unsure } = row('half-open-probes');
    expect(n).toBeGreaterThanOrEqual(3);
    const silent = OPEN_S + HANGS_S;
    expect(Math.abs((figure as number) - silent)).toBeLessThanOrEqual(silent * 0.2);
    expect(more).toMatchObject({ burst: 1 });
    expect(unsure).toMatch(/left open/);
  },
);

calibrated(
  'its breaker and what it asks for again are found',
  {
    client: 'cockatiel with budget and breaker',
    ...{ perS: 20, calmMs: 1000, faultMs: 13_000, settleMs: 1000, fault: REFUSES },
  },
  ({ row, counted }) => {
    const probes = row('half-open-probes');
    expect(probes.n).toBeGreaterThanOrEqual(3);
    expect(Math.abs((probes.figure as number) - OPEN_S)).toBeLessThanOrEqual(OPEN_S * 0.2);
    const { figure, n } = row('retry-amplification');
    expect(n - (counted.failed as number)).toBeOneOf([0, 1]); // one may come as the fault begins, and be spared
    expect(figure).toBeCloseTo(1 + (counted.retries as number) / n, 9);
  },
);

for (const client of [
  'a breaker of ten probes, opened by the first',
  'a breaker of ten probes, opened by the last',
] as const)
  calibrated(
    'it is open for as long as it says, whichever of its slow probes opens it',
    { client, ...BREAKER },
    ({ row }) => {
      const { figure, n, more, unsure } = row('half-open-probes');
      expect(n).toBeGreaterThanOrEqual(3);
      expect(Math.abs((figure as number) - OPEN_S)).toBeLessThanOrEqual(OPEN_S * 0.2);
      expect(more).toMatchObject({ burst: 10 });
      expect(unsure).toBeUndefined();
    },
  );

/** Nothing that is built on a page comes later than ten seconds after it. */
const PAGES = { perS: 10, calmMs: 0, faultMs: 14_000, settleMs: 1000, fault: HALF_PAGES };

for (const [client, verdict, figure] of [
  ['one that trusts any 200', 'fail', 0],
  ['one that looks for JSON', 'pass', 1],
] as const)
  calibrated('it is seen what it makes of a page with a 200', { client, ...PAGES }, ({ row, counted }) => {
    const pages = row('wrong-type-tolerance');
    expect(pages).toMatchObject({ verdict, figure });
    expect(pages.n).toBeGreaterThanOrEqual(5);
    expect(pages.n).toBeLessThan(counted.pages as number);
    expect(counted.trusted).toBe(figure === 0 ? counted.pages : 0);
  });
