// The station: who is served when, who is turned away, and what a stall does.
import { expect, test } from 'vitest';
import { bench, servedAt, shedAt } from './jobs.ts';

test('each server works on one job at a time, in order of arrival', () => {
  const { simulation, offer } = bench({ servers: 2 });
  const jobs = offer(5);
  simulation.advanceTo(1000);
  expect(servedAt(jobs)).toEqual([100, 100, 200, 200, 300]);
});

test('a full queue turns the newcomer away, with the seconds until the queue will be served', () => {
  const { simulation, offer } = bench({ queue: 25 });
  const jobs = offer(27);
  expect(jobs.at(-1)).toMatchObject({ shedAt: 0, retryAfterS: 3 }); // 25 jobs of 100 ms
  simulation.advanceTo(10_000);
  expect(jobs.filter((job) => job.servedAt !== undefined)).toHaveLength(26);
});

test('the hint is never below one second', () => {
  const { offer } = bench({ queue: 0 });
  expect(offer(2)[1]).toMatchObject({ shedAt: 0, retryAfterS: 1 });
});

test('the hint goes by the operations that were asked for lately', () => {
  const { simulation, offer, station } = bench({
    serviceTime: { mean: '100ms', cv: 0, byOperation: { reserveSeats: { mean: '1s' } } },
  });
  offer(1000, { operation: 'reserveSeats' });
  simulation.advanceTo(900_000);
  expect(station.retryAfterS()).toBeGreaterThan(95); // some 100 jobs of 1 s
});

test('an operation takes its own service time', () => {
  const { simulation, offer } = bench({
    servers: 2,
    serviceTime: { mean: '100ms', cv: 0, byOperation: { reserveSeats: { mean: '250ms' } } },
  });
  const jobs = [...offer(1, { operation: 'reserveSeats' }), ...offer(1)];
  simulation.advanceTo(1000);
  expect(servedAt(jobs)).toEqual([250, 100]);
});

test('turning away takes a server, before the jobs that wait', () => {
  const { simulation, offer } = bench({ queue: 1, rejectCost: '30ms' });
  const jobs = offer(4);
  simulation.advanceTo(1000);
  expect(servedAt(jobs)).toEqual([100, 260, undefined, undefined]);
  expect(shedAt(jobs)).toEqual([undefined, undefined, 130, 160]);
});

test('enough rejections leave no time for work', () => {
  const { simulation, station, offer } = bench({ queue: 5, rejectCost: '20ms' });
  for (let ms = 0; ms < 60_000; ms += 10) {
    simulation.advanceTo(ms);
    offer(1);
  }
  expect(station.observed(simulation.nowMs).goodput).toBeLessThan(0.5);
});

test('congestion makes each service longer by alpha for every c jobs too many', () => {
  const { simulation, offer } = bench({ servers: 1, congestionCost: 0.5 });
  const jobs = offer(3);
  simulation.advanceTo(1000);
  expect(servedAt(jobs)).toEqual([100, 250, 350]); // the second starts with two inside, one server: 1 + 0.5 * 1
});

test('a stall freezes what is worked on, starts nothing, and goes on where it stopped', () => {
  const { simulation, station, change, offer } = bench();
  const jobs = offer(2);
  simulation.advanceTo(60);
  change({ factor: 0 });
  expect(station.nextAt()).toBe(Number.POSITIVE_INFINITY);
  simulation.advanceTo(10_060);
  change({ factor: 1 });
  simulation.advanceTo(20_000);
  expect(servedAt(jobs)).toEqual([10_100, 10_200]);
});

test('in a stall a job waits even where a server is idle, and a full queue still turns away', () => {
  const { simulation, change, offer } = bench({ queue: 1, factor: 0 });
  const jobs = offer(2);
  expect(shedAt(jobs)).toEqual([undefined, 0]);
  simulation.advanceTo(5000);
  expect(servedAt(jobs)).toEqual([undefined, undefined]);
  change({ factor: 1 });
  simulation.advanceTo(6000);
  expect(servedAt(jobs)).toEqual([5100, undefined]);
});

test('in a stall a rejection that costs work is not answered either', () => {
  const { simulation, change, offer } = bench({ queue: 0, factor: 0, rejectCost: '5ms' });
  const [job] = offer(1);
  simulation.advanceTo(5000);
  expect(job?.shedAt).toBeUndefined();
  change({ factor: 1 });
  simulation.advanceTo(6000);
  expect(job?.shedAt).toBe(5005);
});

test('half the capacity takes twice the time, for the part of the work that is left', () => {
  const { simulation, change, offer } = bench();
  const jobs = offer(2);
  simulation.advanceTo(50);
  change({ factor: 0.5 });
  simulation.advanceTo(1000);
  expect(servedAt(jobs)).toEqual([150, 350]);
});

test('work for a client that has left is done all the same, and counted as wasted', () => {
  const { simulation, station, offer } = bench();
  const jobs = offer(3);
  for (const job of jobs.slice(1)) job.gone = true;
  simulation.advanceTo(1000);
  expect(servedAt(jobs)).toEqual([100, 200, 300]);
  expect(station.observed(1000).totals).toMatchObject({ offered: 3, goodput: 1, wasted: 2, skipped: 0 });
});

test('an upstream that notices who has left skips them before it starts, but not once it has', () => {
  const { simulation, station, offer } = bench({ abandonAware: true });
  const jobs = offer(4);
  simulation.advanceTo(50);
  for (const job of jobs.slice(0, 3)) job.gone = true;
  simulation.advanceTo(1000);
  expect(servedAt(jobs)).toEqual([100, undefined, undefined, 200]);
  expect(station.observed(1000).totals).toMatchObject({ goodput: 1, wasted: 1, skipped: 2, shed: 0 });
});

test('more servers start what waits at once; fewer let go as they finish', () => {
  const { simulation, station, change, offer } = bench();
  const jobs = offer(6);
  simulation.advanceTo(50);
  change({ servers: 3 });
  simulation.advanceTo(60);
  expect(station.observed(60)).toMatchObject({ busy: 3, queue: 3 });
  change({ servers: 1 });
  simulation.advanceTo(1000);
  expect(servedAt(jobs)).toEqual([100, 150, 150, 250, 350, 450]);
});

test('turned off, it ends all that it has at once', () => {
  const { simulation, station, offer } = bench({ queue: 2 });
  const jobs = offer(4);
  simulation.advanceTo(20);
  station.finishAll(20);
  expect(servedAt(jobs)).toEqual([20, 20, 20, undefined]);
  expect(station.observed(20)).toMatchObject({ busy: 0, queue: 0 });
});

test('what is observed are rates over the last seconds, and totals beside them', () => {
  const { simulation, station, offer } = bench({ queue: 0 });
  for (let ms = 0; ms < 20_000; ms += 50) {
    simulation.advanceTo(ms);
    offer(1);
  }
  const { offered, goodput, shed, busy, totals } = station.observed(simulation.nowMs);
  for (const [rate, expected] of [
    [offered, 20],
    [goodput, 10],
    [shed, 10],
  ] as const)
    expect(Math.abs(rate - expected)).toBeLessThan(0.6);
  expect(busy).toBe(1);
  expect(totals.offered).toBe(400);
});
