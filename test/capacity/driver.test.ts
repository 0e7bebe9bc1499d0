// The driver: real requests in simulated time, by a clock, with a timer only while there is work.
import { expect, test } from 'vitest';
import type { Clock } from '../../src/base/clock.ts';
import { createDriver } from '../../src/capacity/driver.ts';
import type { Outcome } from '../../src/capacity/real-job.ts';
import { capacitySettings, type WrittenCapacity } from '../../src/capacity/settings.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { TestJob } from './jobs.ts';

const present = (): boolean => false;
const fixed = (over: WrittenCapacity = {}) =>
  capacitySettings.parse({ servers: 1, serviceTime: { mean: '100ms', cv: 0 }, rejectCost: '0ms', ...over });

function open(over?: WrittenCapacity) {
  const clock = new ManualClock();
  clock.advance(5000);
  const driver = createDriver({ clock, seed: () => 1 });
  if (over) driver.set(fixed(over));
  const ended: { what: Outcome; atMs: number }[] = [];
  const serve = (patienceMs?: number): void => {
    void driver
      .serve('getSession', present, patienceMs)
      .then((what) => ended.push({ what, atMs: clock.ticks() - 5000 }));
  };
  return { clock, driver, serve, ended };
}

test('off, it serves at once and sets no timer', async () => {
  const { clock, driver, serve, ended } = open();
  serve();
  await clock.settle();
  expect(ended).toEqual([{ what: 'served', atMs: 0 }]);
  expect(driver.observed()).toBeNull();
  expect(clock.pending).toBe(0);
});

test('a real request hears of its end within a millisecond of it', async () => {
  const { clock, driver, serve, ended } = open({});
  serve();
  serve();
  expect(driver.realWaiting).toBe(2);
  await clock.advanceAsync(1000);
  expect(ended.map(({ atMs }) => Math.round(atMs))).toEqual([100, 200]);
  expect(driver.realWaiting).toBe(0);
  expect(clock.pending).toBe(0);
});

test('a full queue answers with the seconds to wait', async () => {
  const { clock, serve, ended } = open({ queue: 0 });
  serve();
  serve();
  await clock.settle();
  expect(ended).toEqual([{ what: { shed: 1 }, atMs: 0 }]);
});

test('what was turned away is counted on when capacity is turned off and on again', async () => {
  const { clock, driver, serve } = open({ queue: 0 });
  const { settings } = driver;
  serve();
  serve();
  await clock.settle();
  driver.set(null);
  expect(driver.shed).toBe(1);
  driver.set(settings);
  serve();
  serve();
  serve();
  await clock.settle();
  expect(driver.shed).toBe(3);
});

test('a client that said how long it waits is shed by the deadline discipline', async () => {
  const { clock, serve, ended } = open({ discipline: 'deadline' });
  serve();
  serve(250);
  await clock.advanceAsync(1000);
  expect(ended.map(({ what }) => what)).toEqual(['served', { shed: 1 }]);
});

test('a stall sets no timer, and its end lets work go on', async () => {
  const { clock, driver, serve, ended } = open({ factor: 0 });
  serve();
  expect(clock.pending).toBe(0);
  await clock.advanceAsync(60_000);
  expect(ended).toEqual([]);
  driver.set(fixed());
  await clock.advanceAsync(1000);
  expect(ended).toEqual([{ what: 'served', atMs: 60_100 }]);
});

test('turned off, it lets all that waits go at once', async () => {
  const { clock, driver, serve, ended } = open({});
  serve();
  serve();
  await clock.advanceAsync(10);
  driver.set(null);
  await clock.settle();
  expect(ended.map(({ what, atMs }) => [what, atMs])).toEqual([
    ['served', 10],
    ['served', 10],
  ]);
  driver.stop();
  expect(clock.pending).toBe(0);
});

test('events of a source run in their own time while the clock is looked at now and then', async () => {
  const { clock, driver } = open({});
  const jobs: TestJob[] = [];
  let nextMs = driver.nowMs();
  const leave = driver.attach({
    nextAt: () => nextMs,
    fire(nowMs) {
      nextMs = nowMs + 1;
      if (jobs.length < 3) {
        const job = new TestJob();
        jobs.push(job);
        driver.offer(job, nowMs);
      }
    },
  });
  await clock.advanceAsync(1000);
  expect(jobs.map(({ servedAt }) => servedAt)).toEqual([100, 200, 300]);
  expect(nextMs).toBeGreaterThan(990);
  leave();
  await clock.advanceAsync(20);
  expect(clock.pending).toBe(0);
});

test('held up for longer than a second, it loses time instead of holding up the process further', () => {
  let ticks = 0;
  const clock: Clock = {
    now: () => ticks,
    ticks: () => ticks,
    after: () => () => {},
    later: () => () => {},
    every: () => () => {},
  };
  const driver = createDriver({ clock, seed: () => 1 });
  let fired = 0;
  driver.attach({ nextAt: () => fired, fire: () => (fired += 1) });
  ticks = 60_000;
  driver.nowMs();
  expect(fired).toBe(1001);
  ticks += 100;
  driver.nowMs();
  expect(fired).toBe(1101);
});

test('asleep for minutes with nothing due, it loses no time', async () => {
  const { clock, driver, ended, serve } = open({ serviceTime: { mean: '90s', cv: 0 } });
  serve();
  await clock.advanceAsync(90_000);
  expect(ended).toEqual([{ what: 'served', atMs: 90_000 }]);
  expect(driver.nowMs()).toBe(90_000);
});
