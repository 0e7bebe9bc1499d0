// The figures against real clients at real sockets, each a process of its own with a world of its own, by what is known of each.
import { expect } from 'vitest';
import { kindOf } from '../src/scorecard/criteria/jitter.ts';
import { calibration, HALF_SLOW, HANGS, LOSES_ONCE, REFUSES, refusesFor } from './support/calibration/calibrated.ts';
import type { Outcome } from './support/calibration/trial.ts';

const calibrated = calibration(4);

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

const ASKED = { perS: 20, calmMs: 0, faultMs: 2000, settleMs: 4000 };

for (const client of ['one that heeds Retry-After', 'undici with RetryAgent'] as const)
  for (const form of ['seconds', 'date'] as const)
    calibrated(
      `it is seen to wait, where it is asked in ${form}`,
      { client, ...ASKED, fault: refusesFor('2s', form) },
      ({ row }) => {
        expect(row('retry-after')).toMatchObject({ verdict: 'pass', figure: 1 });
        expect(row('retry-after').n).toBeGreaterThanOrEqual(20);
      },
    );

for (const [client, says, waited] of [
  ['one that comes back early', 'it is seen to be some 800 ms too early', 0.6],
  ['undici with a short RetryAgent', 'it is seen to wait for a second at most', 0.5],
] as const)
  calibrated(says, { client, ...ASKED, fault: refusesFor('2s', 'seconds') }, ({ row }) => {
    const { verdict, figure, n, more } = row('retry-after');
    expect(verdict).toBe('fail');
    // its second tries are answered too, and after those it stays away
    expect(Math.round((1 - (figure as number)) * n)).toBe((ASKED.perS * ASKED.faultMs) / 1000);
    expect(more?.earliest).toBeGreaterThan(waited - 0.05);
    expect(more?.earliest).toBeLessThan(waited + 0.1);
  });

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

const HEDGED = { perS: 20, calmMs: 0, faultMs: 4000, settleMs: 2000 };

calibrated(
  'its time-out is that of both copies, and they are not tries one after the other',
  { client: 'one that hedges', ...HEDGED, fault: HANGS },
  ({ row, counted }) => {
    const { figure, n } = row('client-timeout');
    expect(n).toBe(counted.operations);
    expect(Math.abs((figure as number) - 1000)).toBeLessThanOrEqual(60);
    expect(counted.hedges).toBe(counted.operations);
    expect(row('retry-amplification')).toMatchObject({ n: counted.operations, figure: 2 });
    expect(row('backoff-growth').verdict).toBe('no-data');
    expect(row('jitter').verdict).toBe('no-data');
  },
);

calibrated(
  'the copies that lose are not given up for want of an answer, and are counted',
  { client: 'one that hedges', ...HEDGED, fault: HALF_SLOW },
  ({ row, counted }) => {
    expect(row('client-timeout')).toMatchObject({ verdict: 'no-data', figure: null });
    const { figure, n } = row('retry-amplification');
    expect(n).toBe(counted.operations);
    expect(figure).toBeCloseTo(1 + (counted.hedges as number) / n, 9);
  },
);

/** Nothing fails until enough was asked for, and hardly anything then. */
const POOLED = { perS: 20, calmMs: 4000, faultMs: 500, settleMs: 500, fault: REFUSES };

calibrated(
  'its connections are those that it has opened',
  { client: 'node:http that keeps connections', ...POOLED },
  ({ row, counted }) => {
    const { verdict, figure, n, more } = row('connection-reuse');
    expect(verdict).toBe('pass');
    expect(more?.connections).toBeLessThanOrEqual(counted.opened as number);
    expect(figure).toBeCloseTo(n / (more?.connections as number), 9);
  },
);

calibrated(
  'each of its requests has one of its own',
  { client: 'node:http that drops connections', ...POOLED },
  ({ row, counted }) => {
    const { verdict, figure, n, more } = row('connection-reuse');
    expect({ verdict, figure }).toEqual({ verdict: 'fail', figure: 1 });
    expect(more?.connections).toBe(n);
    expect(counted.opened).toBe((POOLED.perS * (POOLED.calmMs + POOLED.faultMs)) / 1000);
  },
);

const BROWSED = { perS: 20, calmMs: 2500, faultMs: 500, settleMs: 500, fault: REFUSES };

for (const [client, verdict, figure] of [
  ['one that says which seat map it has', 'pass', 1],
  ['one that asks for the seat map anew', 'fail', 0],
] as const)
  calibrated('all that it reads after the first seat map is told so', { client, ...BROWSED }, ({ row, counted }) => {
    const { given, unchanged } = counted as { readonly given: number; readonly unchanged: number };
    expect(row('conditional-reads')).toMatchObject({ verdict, figure, n: given + unchanged - 1 });
    expect(given === 1).toBe(figure === 1);
  });
