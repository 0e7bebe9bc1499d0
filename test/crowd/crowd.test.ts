// The crowd: who calls, waits, leaves and calls again; what it counts; and what it buys.
import { expect, test } from 'vitest';
import type { Job, JobSink } from '../../src/capacity/job.ts';
import { Simulation } from '../../src/capacity/simulation.ts';
import { type Crowd, createCrowd } from '../../src/crowd/crowd.ts';
import { crowdSettings, type WrittenCrowd } from '../../src/crowd/settings.ts';

interface Call {
  readonly atMs: number;
  readonly job: Job;
}

/** Takes everything and does nothing, unless told what to do. */
function silence(act: (job: Job, nowMs: number) => void = () => {}) {
  const calls: Call[] = [];
  const work: JobSink = {
    offer(job, nowMs) {
      calls.push({ atMs: nowMs, job });
      act(job, nowMs);
    },
  };
  return { calls, work };
}

const atOnce = (job: Job, nowMs: number): void => job.served(nowMs);

interface Open {
  readonly crowd: Crowd;
  readonly simulation: Simulation;
}

function open(
  written: WrittenCrowd,
  work: JobSink,
  { seed = 1, buy }: { seed?: number; buy?: (n: number) => void } = {},
): Open {
  const simulation = new Simulation();
  const settings = crowdSettings.parse(written);
  const crowd = createCrowd({ settings, work, muPerS: 100, seed, nowMs: 0, ...(buy && { buyer: { buy } }) });
  simulation.add(crowd);
  return { crowd, simulation };
}

const one = (policy: 'timeout3' | 'naive' | 'hang-forever' | 'breaker' | 'polite', base = 10): WrittenCrowd => ({
  arrivals: { base },
  classes: [{ policy }],
});

/** One customer, at a known moment: the crowd is retired as soon as somebody came. */
function oneCustomer(policy: 'timeout3' | 'naive' | 'polite', act?: (job: Job, nowMs: number) => void) {
  const { calls, work } = silence(act);
  const { crowd, simulation } = open(one(policy), work);
  while (calls.length === 0) simulation.advanceTo(simulation.nextAt());
  crowd.retire();
  simulation.advanceTo(600_000);
  const first = calls[0]?.atMs ?? 0;
  return { crowd, simulation, waits: calls.map(({ atMs }) => Math.round(atMs - first)), calls };
}

test('a customer of timeout3 who hears nothing calls four times, three seconds apart', () => {
  const { waits, calls } = oneCustomer('timeout3');
  expect(waits).toEqual([0, 3000, 6000, 9000]);
  expect(calls.every(({ job }) => job.isGone())).toBe(true);
});

test('who is turned away calls again at once, as naive as that is', () => {
  const { waits } = oneCustomer('naive', (job, nowMs) => job.shed(nowMs, 5));
  expect(waits).toEqual([0, 0, 0, 0]);
});

test('a polite customer who is turned away waits as long as it was told', () => {
  const { waits } = oneCustomer('polite', (job, nowMs) => job.shed(nowMs, 5));
  expect(waits).toHaveLength(3);
  expect(waits[1]).toBeGreaterThanOrEqual(5000);
  expect(waits[1]).toBeLessThan(5501);
});

test('who is answered calls once, and what was done for one who left is waste', () => {
  expect(oneCustomer('timeout3', atOnce).waits).toEqual([0]);
  const { crowd, simulation, calls } = oneCustomer('timeout3');
  for (const { job } of calls) job.served(simulation.nowMs);
  expect(crowd.observed(simulation.nowMs).classes[0]?.totals).toMatchObject({
    operations: 1,
    firstTries: 1,
    retries: 3,
    timedOut: 4,
    goodput: 0,
    wasted: 4,
  });
});

test('while nothing is answered four calls are made for each operation', () => {
  const { work } = silence();
  const { crowd, simulation } = open(one('timeout3', 100), work);
  simulation.advanceTo(60_000);
  const [sellers] = crowd.observed(simulation.nowMs).classes;
  expect(Math.abs((sellers?.amplification ?? 0) - 4)).toBeLessThan(0.3);
  expect(Math.abs((sellers?.rates.retries ?? 0) - 300)).toBeLessThan(25);
  expect(Math.abs((sellers?.inFlight ?? 0) - 1200)).toBeLessThan(100); // Little: 400 a second, 3 s each
});

test('who has no time-out holds ever more sockets', () => {
  const { work } = silence();
  const { crowd, simulation } = open(one('hang-forever', 100), work);
  simulation.advanceTo(60_000);
  const inFlight = crowd.observed(simulation.nowMs).classes[0]?.inFlight ?? 0;
  expect(Math.abs(inFlight - 6000)).toBeLessThan(300);
});

test('a breaker that hears nothing sends hardly anything', () => {
  const { work, calls } = silence();
  const { crowd, simulation } = open(one('breaker', 100), work);
  simulation.advanceTo(60_000);
  expect(calls.filter(({ atMs }) => atMs > 10_000).length).toBeLessThan(10);
  expect(crowd.observed(simulation.nowMs).classes[0]?.rates.refused).toBeGreaterThan(80);
});

test('classes come in proportion to their shares', () => {
  const { work } = silence(atOnce);
  const written: WrittenCrowd = {
    arrivals: { base: 1000 },
    classes: [
      { policy: 'naive', share: 3 },
      { policy: 'polite', share: 1 },
    ],
  };
  const { crowd, simulation } = open(written, work);
  simulation.advanceTo(100_000);
  const [naive, polite] = crowd.observed(simulation.nowMs).classes;
  expect((naive?.totals.goodput ?? 0) / (polite?.totals.goodput ?? 1)).toBeCloseTo(3, 0);
});

test('the same seed gives the same calls, and a change of policy leaves the arrivals as they were', () => {
  const moments = (policy: 'timeout3' | 'naive', seed: number): number[] => {
    const { calls, work } = silence((job, nowMs) => {
      if (calls.length % 3 === 0) job.served(nowMs);
    });
    const { simulation } = open(one(policy, 50), work, { seed });
    simulation.advanceTo(20_000);
    return calls.map(({ atMs }) => atMs);
  };
  expect(moments('timeout3', 4)).toEqual(moments('timeout3', 4));
  expect(moments('timeout3', 4)).not.toEqual(moments('timeout3', 5));
  const calm = (policy: 'timeout3' | 'naive'): number[] => {
    const { calls, work } = silence(atOnce);
    open(one(policy, 50), work).simulation.advanceTo(20_000);
    return calls.map(({ atMs }) => atMs);
  };
  expect(calm('timeout3')).toEqual(calm('naive'));
});

test('the asked share of what is done buys real seats, in groups of one to four', () => {
  const sizes: number[] = [];
  const { work } = silence(atOnce);
  const { crowd, simulation } = open({ ...one('naive', 100), realPurchases: 0.25 }, work, {
    buy: (n) => sizes.push(n),
  });
  simulation.advanceTo(200_000);
  expect(Math.abs(sizes.length / 5000 - 1)).toBeLessThan(0.06);
  expect(crowd.observed(simulation.nowMs).bought).toBe(sizes.length);
  expect(Math.abs(sizes.filter((n) => n === 2).length / sizes.length - 0.5)).toBeLessThan(0.03);
  expect([...new Set(sizes)].toSorted()).toEqual([1, 2, 3, 4]);
});

test('no more than 200 purchases a second are real, and the others are counted', () => {
  const sizes: number[] = [];
  const { work } = silence(atOnce);
  const { crowd, simulation } = open({ ...one('naive', 1000), realPurchases: 1 }, work, { buy: (n) => sizes.push(n) });
  simulation.advanceTo(10_000);
  expect(sizes).toHaveLength(2000);
  expect(crowd.observed(simulation.nowMs).notBought).toBeGreaterThan(7000);
});

test('what is done for one who has left buys nothing', () => {
  const sizes: number[] = [];
  const { work, calls } = silence();
  const { simulation } = open({ ...one('timeout3'), realPurchases: 1 }, work, { buy: (n) => sizes.push(n) });
  simulation.advanceTo(60_000);
  for (const { job } of calls.filter(({ job: call }) => call.isGone())) job.served(simulation.nowMs);
  expect(sizes).toEqual([]);
});

test('retired, nobody new comes while the others go on; stopped, everybody leaves', () => {
  const { work, calls } = silence();
  const { crowd, simulation } = open(one('timeout3'), work);
  simulation.advanceTo(5000);
  crowd.retire();
  const before = calls.length;
  simulation.advanceTo(9000);
  expect(calls.length).toBeGreaterThan(before);
  crowd.stop();
  expect(calls.every(({ job }) => job.isGone())).toBe(true);
  expect(crowd.nextAt()).toBe(Number.POSITIVE_INFINITY);
  expect(crowd.observed(9000)).toMatchObject({ arrivalsPerS: 0, plannedRetries: 0 });
});

test('its load is what the forecast wants to know', () => {
  const { work } = silence();
  const { crowd } = open({ arrivals: { base: '0.7mu' } }, work);
  expect(crowd.load(0)).toEqual([
    { firstTriesPerS: 35, attempts: 4, timeoutMs: 3000 },
    { firstTriesPerS: 35, attempts: 4, timeoutMs: 60_000 },
  ]);
});
