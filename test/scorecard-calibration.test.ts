// The figures against real clients at real sockets, each a process of its own with a world of its own, by what is known of each.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { kindOf } from '../src/scorecard/criteria/jitter.ts';
import type { RunningServer } from '../src/server.ts';
import { Lanes } from './support/calibration/lanes.ts';
import { type Outcome, run, type Trial, whyInconclusive } from './support/calibration/trial.ts';
import { startInProcess } from './support/run-server.ts';

/** Clients at a time. */
const LANES = 4;
/** For those who wait for a lane too. */
const PATIENCE_MS = 240_000;

const RESERVE = { operations: ['reserveSeats'] };
const HANGS = { fault: 'hang', match: RESERVE };
const REFUSES = { fault: 'error-status', match: RESERVE, with: { status: 503 } };
const LOSES_ONCE = {
  ...{ fault: 'lost-reply', match: { operations: ['completeOrder'] }, limit: 1, per: 'idempotency-key' as const },
};

const lanes = new Lanes(LANES);
/** The fault of a breaker's trial is shorter than what the published thresholds ask for, and so is its open time. */
const OPENING_WINDOW_S = 2;
const QUICK_BREAKERS = `breaker-opening: { window: ${OPENING_WINDOW_S}, fault: 10, pass: 5 }\n`;

const folder = mkdtempSync(join(tmpdir(), 'showstopper-calibration-'));
let server: RunningServer;
beforeAll(async () => {
  const thresholds = join(folder, 'thresholds.yaml');
  writeFileSync(thresholds, QUICK_BREAKERS);
  server = await startInProcess({ SHOWSTOPPER_THRESHOLDS: thresholds });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** Tried again once where the machine was too busy, and skipped aloud where it still is: a wrong figure says nothing then. */
async function tried(trial: Trial, context: TestContext): Promise<Outcome> {
  const once = (): Promise<Outcome> => lanes.take(() => run(trial, server));
  let outcome = await once();
  if (whyInconclusive(outcome) !== undefined) outcome = await once();
  const why = whyInconclusive(outcome);
  if (why === undefined) return outcome;
  process.stderr.write(`SKIPPED: ${trial.client} is inconclusive twice: ${why}\n`);
  return context.skip(why);
}

/** A figure of which one in twenty may be off is measured once more where it is: off twice, it is wrong. */
const calibrated = (says: string, trial: Trial, holds: (outcome: Outcome) => void): void =>
  test.concurrent(`${trial.client}: ${says}`, { timeout: PATIENCE_MS, retry: 0 }, async (context) => {
    const outcome = await tried(trial, context);
    try {
      holds(outcome);
    } catch (error) {
      process.stderr.write(`measured once more: ${trial.client}: ${error instanceof Error ? error.message : error}\n`);
      holds(await tried(trial, context));
    }
  });

/** Operations that know nothing of each other, and are tried three times more. */
const BACKOFF = { perS: 50, calmMs: 0, faultMs: 4000, fault: REFUSES };

/** By the means and deviations of what its own function says. */
function expectDelays({ draws, row }: Outcome, verdicts: { readonly growth: string; readonly jitter: string }): void {
  const [first, second, third] = draws as [Draw, Draw, Draw];
  const growth = row('backoff-growth');
  expect(growth.n).toBe((BACKOFF.perS * BACKOFF.faultMs) / 1000);
  expect(Math.abs((growth.figure ?? 0) - Math.sqrt(third.mean / first.mean))).toBeLessThanOrEqual(0.2);
  expect(growth.verdict).toBe(verdicts.growth);
  const jitter = row('jitter');
  const spreads = [first, second, third].map(({ mean, deviation }) => deviation / mean).sort((a, b) => a - b);
  expect(kindOf(jitter.figure as number)).toBe(kindOf(spreads[1] as number));
  expect(kindOf(jitter.figure as number)).toBe(verdicts.jitter);
}

type Draw = Outcome['draws'][number];

for (const [client, settleMs, verdicts] of [
  ['got', 9000, { growth: 'pass', jitter: 'none' }],
  ['axios with axios-retry', 4000, { growth: 'pass', jitter: 'small' }],
  ['cockatiel', 9000, { growth: 'pass', jitter: 'wide' }],
  ['cockatiel with half jitter', 5000, { growth: 'pass', jitter: 'half' }],
  ['cockatiel with a constant delay', 4000, { growth: 'fail', jitter: 'none' }],
] as const)
  calibrated('growth and jitter are those of its own function', { client, ...BACKOFF, settleMs }, (outcome) =>
    expectDelays(outcome, verdicts),
  );

const PATIENCE = { perS: 20, calmMs: 1000, faultMs: 3000, settleMs: 2500, fault: HANGS };

calibrated('its time-out is found', { client: 'undici with AbortSignal', ...PATIENCE }, ({ row }) => {
  const { figure, verdict, n } = row('client-timeout');
  expect(n).toBeGreaterThanOrEqual(20);
  expect(Math.abs((figure as number) - 1000)).toBeLessThanOrEqual(60);
  expect(verdict).toBe('pass');
});

calibrated(
  'its time-out is found, as coarse as its timers are',
  { client: 'undici with headersTimeout', ...PATIENCE },
  ({ row }) => {
    const { figure } = row('client-timeout');
    expect(figure).toBeGreaterThanOrEqual(1000 - 60);
    expect(figure).toBeLessThanOrEqual(1000 + 600);
  },
);

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

const ASKED = { perS: 20, calmMs: 0, faultMs: 2000, settleMs: 4000 };
const asksBack = (retryAfterForm: 'seconds' | 'date') => ({
  ...{ fault: 'error-status', match: RESERVE, with: { status: 503, retryAfter: '2s', retryAfterForm } },
});

for (const form of ['seconds', 'date'] as const)
  calibrated(
    `it is seen to wait, where it is asked in ${form}`,
    { client: 'one that heeds Retry-After', ...ASKED, fault: asksBack(form) },
    ({ row }) => {
      expect(row('retry-after')).toMatchObject({ verdict: 'pass', figure: 1 });
      expect(row('retry-after').n).toBeGreaterThanOrEqual(20);
    },
  );

calibrated(
  'it is seen to be some 800 ms too early',
  { client: 'one that comes back early', ...ASKED, fault: asksBack('seconds') },
  ({ row }) => {
    const { verdict, figure, n, more } = row('retry-after');
    expect(verdict).toBe('fail');
    // its second tries are answered too, and after those it stays away
    expect(Math.round((1 - (figure as number)) * n)).toBe((ASKED.perS * ASKED.faultMs) / 1000);
    expect(more?.earliest).toBeGreaterThan(0.55);
    expect(more?.earliest).toBeLessThan(0.7);
  },
);

const LOST = { perS: 10, calmMs: 0, faultMs: 3000, settleMs: 5000, fault: LOSES_ONCE };

calibrated(
  'each of its purchases is found twice, and it fails the gate',
  { client: 'one that doubles orders', ...LOST },
  ({ row, counted, scorecard }) => {
    expect(counted.again).toBe(30);
    expect(row('duplicate-orders')).toMatchObject({ verdict: 'fail', figure: counted.again });
    expect(scorecard.gate).toBe('fail');
  },
);

calibrated(
  'nothing is found twice, and it passes the gate',
  { client: 'one that repeats under its key', ...LOST },
  ({ row, counted, scorecard }) => {
    expect(counted.again).toBe(30);
    expect(row('duplicate-orders')).toMatchObject({ verdict: 'pass', figure: 0 });
    expect(scorecard.gate).toBe('pass');
  },
);
