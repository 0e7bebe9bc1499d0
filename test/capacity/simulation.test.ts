// The core: events in order of time, a queue with two ends, and rates over a window that slides.
import { expect, test } from 'vitest';
import { randomStream } from '../../src/base/random-stream.ts';
import { EventHeap } from '../../src/capacity/event-heap.ts';
import { RateGauge } from '../../src/capacity/gauge.ts';
import { JobQueue } from '../../src/capacity/job-queue.ts';
import { Simulation } from '../../src/capacity/simulation.ts';
import { TestJob } from './jobs.ts';

test('the heap gives back what was put in, by time', () => {
  const heap = new EventHeap<number>();
  const draw = randomStream(1, 'keys');
  const keys = Array.from({ length: 1000 }, () => Math.floor(draw() * 300));
  for (const key of keys) heap.push(key, key);
  const out = keys.map(() => heap.pop());
  expect(out).toEqual(keys.toSorted((a, b) => a - b));
  expect(heap.pop()).toBeUndefined();
  expect(heap.firstKey).toBe(Number.POSITIVE_INFINITY);
});

test('events of all sources are carried out in order of time, also those that events make', () => {
  const simulation = new Simulation();
  const seen: string[] = [];
  const source = (name: string, times: number[]) => ({
    nextAt: () => times[0] ?? Number.POSITIVE_INFINITY,
    fire(nowMs: number) {
      times.shift();
      seen.push(`${name}${nowMs}`);
      if (nowMs === 10) times.unshift(15);
    },
  });
  simulation.add(source('a', [10, 30]));
  const leave = simulation.add(source('b', [20, 40]));
  expect(simulation.advanceTo(20)).toBe(3);
  expect(simulation.nowMs).toBe(20);
  leave();
  simulation.advanceTo(100);
  expect(seen).toEqual(['a10', 'a15', 'b20', 'a30']);
  expect(simulation.nextAt()).toBe(Number.POSITIVE_INFINITY);
});

test('the queue keeps its order while it grows and wraps', () => {
  const queue = new JobQueue();
  const jobs = Array.from({ length: 500 }, () => new TestJob());
  const out: unknown[] = [];
  jobs.forEach((job, at) => {
    queue.push(job, at);
    if (at % 3 === 0) out.push(queue.takeOldest());
  });
  expect(queue.takeNewest()).toBe(jobs.at(-1));
  while (queue.length > 0) out.push(queue.takeOldest());
  expect(out).toEqual(jobs.slice(0, -1));
});

test('a rate looks back over its window and forgets what was before', () => {
  const gauge = new RateGauge(5000, 0);
  for (let ms = 0; ms < 10_000; ms += 10) gauge.add(ms);
  expect(gauge.perS(9999)).toBeCloseTo(100, -1);
  expect(gauge.perS(12_500)).toBeCloseTo(50, -1);
  expect(gauge.perS(20_000)).toBe(0);
  expect(gauge.total).toBe(1000);
});

test('a young rate counts by the time it has seen', () => {
  const gauge = new RateGauge(5000, 60_000);
  for (let ms = 60_000; ms < 61_000; ms += 10) gauge.add(ms);
  expect(gauge.perS(61_000)).toBeCloseTo(100, -1);
});
