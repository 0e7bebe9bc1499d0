// Disciplines: who is served next, and who is not worth it.
import { expect, test } from 'vitest';
import { bench, servedAt, shedAt, TestJob } from './jobs.ts';

test('fifo serves the oldest first', () => {
  const { simulation, offer } = bench({ discipline: 'fifo' });
  const jobs = offer(3);
  simulation.advanceTo(1000);
  expect(servedAt(jobs)).toEqual([100, 200, 300]);
});

test('lifo serves the newest first', () => {
  const { simulation, offer } = bench({ discipline: 'lifo' });
  const jobs = offer(3);
  simulation.advanceTo(1000);
  expect(servedAt(jobs)).toEqual([100, 300, 200]);
});

test('a full lifo queue turns its oldest away, so that the newest find room', () => {
  const { simulation, offer } = bench({ discipline: 'lifo', queue: 2 });
  const jobs = offer(4);
  simulation.advanceTo(1000);
  expect(shedAt(jobs)).toEqual([undefined, 0, undefined, undefined]);
  expect(servedAt(jobs)).toEqual([100, undefined, 300, 200]);
});

test('deadline sheds a job with less than two mean service times left, and serves one with two', () => {
  const { simulation, station } = bench({ discipline: 'deadline' });
  const jobs = [new TestJob(), new TestJob({ deadlineMs: 299 }), new TestJob({ deadlineMs: 300 }), new TestJob()];
  for (const job of jobs) station.offer(job, 0);
  simulation.advanceTo(1000);
  expect(servedAt(jobs)).toEqual([100, undefined, 200, 300]);
  expect(shedAt(jobs)).toEqual([undefined, 100, undefined, undefined]);
});

test('codel lets a burst wait one interval', () => {
  const { simulation, offer } = bench({ discipline: 'codel' }); // interval 500 ms, target 25 ms
  const jobs = offer(6);
  simulation.advanceTo(1000);
  expect(servedAt(jobs)).toEqual([100, 200, 300, 400, 500, 600]);
});

test('codel keeps a standing queue down to its target', () => {
  const { simulation, station, offer } = bench({ discipline: 'codel' });
  for (let ms = 0; ms < 30_000; ms += 50) {
    simulation.advanceTo(ms);
    offer(1);
  }
  const { queue, goodput } = station.observed(simulation.nowMs);
  expect(queue).toBeLessThanOrEqual(10);
  expect(goodput).toBeGreaterThan(9); // of the 10 it can
});

test('who was skipped because its client had left costs no rejection', () => {
  const { simulation, station } = bench({ discipline: 'deadline', rejectCost: '50ms' });
  const jobs = [new TestJob(), new TestJob({ deadlineMs: 150 }), new TestJob()];
  for (const job of jobs) station.offer(job, 0);
  (jobs[1] as TestJob).gone = true;
  simulation.advanceTo(1000);
  expect(servedAt(jobs)).toEqual([100, undefined, 200]);
});
