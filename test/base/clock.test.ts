// Clocks: never early, and box-office time that moves.
import { expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { createMovableClock } from '../../src/base/movable-clock.ts';
import { ManualClock } from '../support/manual-clock.ts';

test('the system clock is never early', async () => {
  const waits = Array.from({ length: 100 }, (_, index) => 3 + (index % 17) + index / 100);
  const late = await Promise.all(
    waits.map(
      (waitMs) =>
        new Promise<number>((resolve) => {
          const began = systemClock.ticks();
          systemClock.after(waitMs, () => resolve(systemClock.ticks() - began - waitMs));
        }),
    ),
  );
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
});

test('a cancelled wait never comes', async () => {
  let came = false;
  const cancel = systemClock.after(5, () => {
    came = true;
  });
  cancel();
  cancel();
  await new Promise<void>((resolve) => systemClock.after(15, resolve));
  expect(came).toBe(false);
});

test('a movable clock is advanced, set, scaled and put back', () => {
  const beneath = new ManualClock();
  const clock = createMovableClock(beneath, 2);
  const start = clock.now();
  beneath.advance(1000);
  expect(clock.now() - start).toBe(2000);
  clock.advance(60_000);
  expect(clock.now() - start).toBe(62_000);
  clock.rescale(10);
  beneath.advance(100);
  expect(clock.now() - start).toBe(63_000);
  clock.set(5);
  expect(clock.now()).toBe(5);
  clock.reset();
  expect([clock.now(), clock.scale]).toEqual([beneath.now(), 2]);
});
