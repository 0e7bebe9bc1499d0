// A real request in the same queue as the crowd: it suffers with them, and is saved with them.
import { expect, test } from 'vitest';
import { type CapacityDriver, createDriver } from '../../src/capacity/driver.ts';
import type { Outcome } from '../../src/capacity/real-job.ts';
import { capacityPerS, capacitySettings, type WrittenCapacity } from '../../src/capacity/settings.ts';
import { createCrowd } from '../../src/crowd/crowd.ts';
import { crowdSettings } from '../../src/crowd/settings.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { TABLE } from './storm.ts';

interface Answer {
  readonly what: Outcome;
  readonly waitedMs: number;
}

/** Ten seconds of stall under 70 naive customers a second, and twenty seconds to recover. */
function afterStall(over: WrittenCapacity = {}) {
  const clock = new ManualClock();
  const driver = createDriver({ clock, seed: () => 3 });
  const settings = capacitySettings.parse({ ...TABLE, ...over });
  driver.set(settings);
  const crowd = createCrowd({
    settings: crowdSettings.parse({ arrivals: { base: '0.7mu' }, classes: [{ policy: 'timeout3' }] }),
    work: driver,
    muPerS: capacityPerS(settings),
    seed: 3,
    nowMs: driver.nowMs(),
  });
  driver.attach(crowd);
  clock.advance(20_000);
  driver.set({ ...settings, factor: 0 });
  clock.advance(10_000);
  driver.set(settings);
  clock.advance(20_000);
  return { clock, driver, crowd };
}

async function ask(clock: ManualClock, driver: CapacityDriver): Promise<Answer> {
  const asked = clock.ticks();
  let answer: Answer | undefined;
  void driver
    .serve('reserveSeats', () => false)
    .then((what) => {
      answer = { what, waitedMs: clock.ticks() - asked };
    });
  while (!answer) await clock.advanceAsync(50);
  return answer;
}

test('behind a retry storm a real request waits far longer than anyone would', async () => {
  const { clock, driver } = afterStall();
  expect(driver.observed()?.goodput).toBeLessThan(1);
  expect((await ask(clock, driver)).waitedMs).toBeGreaterThan(20_000);
  driver.stop();
});

test('with a bounded queue it is answered soon, and honestly', async () => {
  const { clock, driver } = afterStall({ queue: 100, discipline: 'lifo' });
  expect(driver.observed()?.goodput).toBeGreaterThan(60);
  const { what, waitedMs } = await ask(clock, driver);
  expect(what).toBe('served');
  expect(waitedMs).toBeLessThan(3000);
  driver.stop();
});

test('the crowd sent home, the upstream is well once it has worked off what they left', async () => {
  const { clock, driver, crowd } = afterStall();
  crowd.stop();
  const backlogMs = (driver.observed()?.queue ?? 0) * 10; // at 100 a second
  clock.advance(backlogMs + 3000);
  expect((await ask(clock, driver)).waitedMs).toBeLessThan(2000);
  await clock.settle();
  expect(clock.pending).toBe(0);
});

test('capacity turned off, everybody is answered at once, the crowd too', async () => {
  const { clock, driver, crowd } = afterStall();
  driver.set(null);
  expect((await ask(clock, driver)).waitedMs).toBeLessThanOrEqual(50);
  clock.advance(5000);
  const [sellers] = crowd.observed(driver.nowMs()).classes;
  expect(sellers?.inFlight).toBe(0);
  expect(sellers?.rates.goodput).toBeGreaterThan(60);
});
