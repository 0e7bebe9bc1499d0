// The manual clock keeps the promises of a clock, so that tests may trust it.
import { expect, test } from 'vitest';
import { sleep } from '../../src/base/clock.ts';
import { MANUAL_EPOCH_MS, ManualClock } from './manual-clock.ts';

test('timers fire in order of their moments, each at its own', () => {
  const clock = new ManualClock();
  const fired: [string, number][] = [];
  const note = (name: string) => () => fired.push([name, clock.now() - MANUAL_EPOCH_MS]);
  clock.after(20, note('late'));
  clock.after(10, note('first'));
  clock.after(10, note('second'));
  clock.after(10, () => clock.after(5, note('nested')));
  const cancel = clock.after(15, note('cancelled'));
  cancel();
  clock.advance(19);
  expect(fired).toEqual([
    ['first', 10],
    ['second', 10],
    ['nested', 15],
  ]);
  clock.advance(1);
  expect(fired.at(-1)).toEqual(['late', 20]);
  expect(clock.pending).toBe(0);
});

test('every fires until it is cancelled, also from within', () => {
  const clock = new ManualClock();
  let count = 0;
  const cancel = clock.every(10, () => {
    if (++count === 3) cancel();
  });
  clock.advance(100);
  expect([count, clock.pending]).toEqual([3, 0]);
});

test('promises run between timers when it is advanced asynchronously', async () => {
  const clock = new ManualClock();
  const seen: number[] = [];
  const run = async () => {
    for (let i = 0; i < 3; i++) {
      await sleep(clock, 10);
      seen.push(clock.ticks());
    }
  };
  void run();
  await clock.advanceAsync(30);
  expect(seen).toEqual([10, 20, 30]);
});
