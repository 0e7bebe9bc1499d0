// The figures against clients whose behaviour is known exactly: a thousand seeds, and at least 95 of 100 within what is allowed.
import { expect, test } from 'vitest';
import { caseOf } from '../../src/scorecard/case.ts';
import { kindOf } from '../../src/scorecard/criteria/jitter.ts';
import type { Finding } from '../../src/scorecard/criterion.ts';
import type { Evidence } from '../../src/scorecard/evidence.ts';
import { CRITERIA } from '../../src/scorecard/registry.ts';
import { behindBreaker, DELAYS, type Delay, played, type VirtualClient } from '../support/virtual-client.ts';

const SEEDS = 100;
const LEAST = 95;

const rowOf = (evidence: Evidence, name: string): Finding => {
  const criterion = CRITERIA.find((one) => one.name === name);
  if (!criterion) throw new Error(`there is no criterion ${name}`);
  return criterion.judge(caseOf(evidence), criterion.thresholds.parse({}));
};

/** How many of the seeds are within. */
const within = (isWithin: (seed: number) => boolean): number =>
  Array.from({ length: SEEDS }, (_, seed) => isWithin(seed)).filter(Boolean).length;

const CLIENT: Omit<VirtualClient, 'seed'> = {
  ...{ demand: 10, calmMs: 5000, faultMs: 20_000, healedMs: 0 },
  ...{ timeoutMs: 1000, attempts: 4, delay: DELAYS.full(200), timerMs: 5 },
};

test.each([500, 3000, 60_000])('a time-out of %i ms is found', (timeoutMs) => {
  const hits = within((seed) => {
    const row = rowOf(played({ ...CLIENT, seed, timeoutMs, attempts: 1 }), 'client-timeout');
    return row.figure !== null && Math.abs(row.figure - timeoutMs) <= Math.max(timeoutMs * 0.05, 60);
  });
  expect(hits).toBeGreaterThanOrEqual(LEAST);
});

test.each([
  ['exponential', DELAYS.none(200), 2],
  ['exponential with half jitter', DELAYS.half(200), 2],
  ['exponential with full jitter', DELAYS.full(400), 2],
  ['exponential by half as much again', (k) => 200 * 1.5 ** k, 1.5],
  ['the same with full jitter', (k, draw) => 400 * 1.5 ** k * draw(), 1.5],
  ['of a fixed delay', DELAYS.fixed(300), 1],
] as const satisfies (readonly [string, Delay, number])[])('backoff that is %s is found', (_, delay, factor) => {
  const hits = within((seed) => {
    const row = rowOf(played({ ...CLIENT, seed, delay }), 'backoff-growth');
    const verdict = factor >= 1.3 ? row.verdict === 'pass' : row.verdict === 'fail';
    return verdict && row.figure !== null && Math.abs(row.figure - factor) <= 0.2;
  });
  expect(hits).toBeGreaterThanOrEqual(LEAST);
});

test.each(['none', 'small', 'half', 'full', 'decorrelated'] as const)('jitter that is %s is told', (kind) => {
  const shown = kind === 'full' || kind === 'decorrelated' ? 'wide' : kind;
  const hits = within((seed) => {
    const row = rowOf(played({ ...CLIENT, seed, delay: DELAYS[kind](400) }), 'jitter');
    return row.figure !== null && kindOf(row.figure) === shown;
  });
  expect(hits).toBeGreaterThanOrEqual(LEAST);
});

test.each([2000, 10_000])('a breaker that stays open for %i ms is found', (openMs) => {
  const hits = within((seed) => {
    const breaker = { seed, demand: 20, calmMs: 5000, faultMs: 70_000, timeoutMs: 500, failures: 20, openMs };
    const row = rowOf(behindBreaker(breaker), 'half-open-probes');
    return row.figure !== null && Math.abs(row.figure * 1000 - openMs) <= openMs * 0.2;
  });
  expect(hits).toBeGreaterThanOrEqual(LEAST);
});

test.each([true, false])('whether Retry-After is obeyed is told: %s', (obeys) => {
  const hits = within((seed) => {
    const refusesWith = { retryAfterMs: 2000 };
    const row = rowOf(played({ ...CLIENT, seed, refusesWith, obeys, delay: DELAYS.full(300) }), 'retry-after');
    return row.verdict === (obeys ? 'pass' : 'fail');
  });
  expect(hits).toBeGreaterThanOrEqual(LEAST);
});
