// The station against the arithmetic: Erlang's wait, and Pollaczek and Khinchine's.
import { expect, test } from 'vitest';
import { exponential, randomStream } from '../../src/base/random-stream.ts';
import { erlangC, meanWaitMs } from '../../src/capacity/erlang.ts';
import type { Job } from '../../src/capacity/job.ts';
import { lognormalTimes, type ServiceTimes } from '../../src/capacity/service-time.ts';
import { type CapacitySettings, capacitySettings } from '../../src/capacity/settings.ts';
import { Simulation } from '../../src/capacity/simulation.ts';
import { createStation } from '../../src/capacity/station.ts';

const MEAN_MS = 100;

interface Plan {
  readonly servers: number;
  readonly utilisation: number;
  readonly jobs: number;
  readonly seed: number;
  readonly cv?: number;
  /** Erlang's own service; unset: the station's lognormal. */
  readonly exponentialService?: boolean;
}

/** Mean time in the queue: what jobs spent inside, less what their service took. */
function simulatedWaitMs({ servers, utilisation, jobs, seed, cv = 1, exponentialService = false }: Plan): number {
  const capacity = capacitySettings.parse({ servers, serviceTime: { mean: `${MEAN_MS}ms`, cv } });
  const draw = randomStream(seed, 'gaps');
  const gapMs = MEAN_MS / (servers * utilisation);
  let serviceMs = 0;
  const timesOf = (settings: CapacitySettings, of: () => number): ServiceTimes => {
    const times = exponentialService
      ? { drawMs: () => MEAN_MS * exponential(of), meanMs: () => MEAN_MS }
      : lognormalTimes(settings, of);
    return {
      ...times,
      drawMs(operation) {
        const drawn = times.drawMs(operation);
        serviceMs += drawn;
        return drawn;
      },
    };
  };
  const station = createStation({ capacity, draw: randomStream(seed, 'service'), nowMs: 0, timesOf });
  let cameMs = 0;
  let leftMs = 0;
  const job: Job = {
    operation: 'any',
    deadlineMs: Number.POSITIVE_INFINITY,
    isGone: () => false,
    served(nowMs) {
      leftMs += nowMs;
    },
    shed() {},
  };
  const simulation = new Simulation();
  let nextMs = 0;
  let left = jobs;
  simulation.add({
    nextAt: () => (left > 0 ? nextMs : Number.POSITIVE_INFINITY),
    fire(nowMs) {
      left -= 1;
      cameMs += nowMs;
      nextMs = nowMs + gapMs * exponential(draw);
      station.offer(job, nowMs);
    },
  });
  simulation.add(station);
  simulation.advanceTo(jobs * gapMs * 2 + 1e6);
  return (leftMs - cameMs - serviceMs) / jobs;
}

test('the formula gives the values of the tables of Erlang C', () => {
  expect(erlangC(1, 0.5)).toBeCloseTo(0.5, 10); // M/M/1: rho
  expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 10);
  expect(erlangC(10, 8)).toBeCloseTo(0.4092, 4);
  expect(erlangC(20, 14)).toBeCloseTo(0.0936, 4);
  expect(erlangC(20, 20)).toBe(1);
  expect(erlangC(20, 0)).toBe(0);
  expect(erlangC(10_000, 9500)).toBeGreaterThan(0); // no overflow
});

test.each([
  { utilisation: 0.5, jobs: 400_000 },
  { utilisation: 0.8, jobs: 800_000 },
  { utilisation: 0.95, jobs: 6_000_000 },
])('at a utilisation of $utilisation the mean wait is within 5 % of Erlang C', ({ utilisation, jobs }) => {
  const servers = 4;
  const arrivalsPerS = (servers * utilisation * 1000) / MEAN_MS;
  const expected = meanWaitMs({ servers, meanMs: MEAN_MS, cv: 1, arrivalsPerS });
  const simulated = simulatedWaitMs({ servers, utilisation, jobs, seed: 3, exponentialService: true });
  expect(Math.abs(simulated / expected - 1)).toBeLessThan(0.05);
});

test.each([
  { cv: 0, jobs: 400_000 },
  { cv: 0.5, jobs: 400_000 },
  { cv: 1, jobs: 800_000 },
])('one server with lognormal service of cv $cv waits within 5 % of Pollaczek and Khinchine', ({ cv, jobs }) => {
  const expected = meanWaitMs({ servers: 1, meanMs: MEAN_MS, cv, arrivalsPerS: 8 });
  const simulated = simulatedWaitMs({ servers: 1, utilisation: 0.8, jobs, seed: 3, cv });
  expect(Math.abs(simulated / expected - 1)).toBeLessThan(0.05);
});

test('several servers with lognormal service wait within 8 % of the approximation of Allen and Cunneen', () => {
  const expected = meanWaitMs({ servers: 4, meanMs: MEAN_MS, cv: 1, arrivalsPerS: 32 });
  const simulated = simulatedWaitMs({ servers: 4, utilisation: 0.8, jobs: 800_000, seed: 3 });
  expect(Math.abs(simulated / expected - 1)).toBeLessThan(0.08);
});

test.each([0, 0.3, 1, 2])('lognormal service times have the mean and the cv asked for: %d', (cv) => {
  const times = lognormalTimes(capacitySettings.parse({ serviceTime: { mean: '200ms', cv } }), randomStream(5, 'x'));
  const drawn = Array.from({ length: 400_000 }, () => times.drawMs('any'));
  const mean = drawn.reduce((sum, ms) => sum + ms, 0) / drawn.length;
  const variance = drawn.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / drawn.length;
  expect(Math.abs(mean / 200 - 1)).toBeLessThan(0.02);
  expect(Math.abs(Math.sqrt(variance) / mean - cv)).toBeLessThan(0.05 * Math.max(cv, 0.02));
});
