// Clocks: never early, and box-office time that moves.
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { createMovableClock, LATEST_MS } from '../../src/base/movable-clock.ts';
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

test('a wait that comes later keeps no process alive, and one that comes after does', async () => {
  const clock = pathToFileURL(resolve('src/base/clock.ts')).href;
  const run = promisify(execFile);
  const said = async (method: 'after' | 'later', waitMs: number): Promise<string> => {
    const code = `import { systemClock } from '${clock}'; systemClock.${method}(${waitMs}, () => console.log('came'));`;
    return (await run(process.execPath, ['--input-type=module', '-e', code])).stdout;
  };
  expect(await Promise.all([said('after', 20), said('later', 600_000)])).toEqual(['came\n', '']);
});

describe('an alarm of a movable clock', () => {
  function alarmAt(afterMs: number, scale = 1) {
    const beneath = new ManualClock();
    const clock = createMovableClock(beneath, scale);
    const came: number[] = [];
    const start = clock.now();
    const cancel = clock.alarm(start + afterMs, () => came.push(beneath.ticks()));
    return { beneath, clock, came, cancel, start };
  }

  test('comes once, at its moment of the clock’s own time', () => {
    const { beneath, came } = alarmAt(10_000, 10);
    beneath.advance(5_000);
    expect(came).toEqual([1_000]);
    expect(beneath.pending).toBe(0);
  });

  test('moves with the clock: advanced, set, rescaled and put back', () => {
    const { beneath, clock, came, start } = alarmAt(10_000);
    clock.rescale(2);
    beneath.advance(1_000);
    clock.set(start);
    beneath.advance(1_000);
    clock.advance(-2_000);
    clock.rescale(1);
    beneath.advance(9_999);
    expect(came).toEqual([]);
    clock.reset();
    beneath.advance(0);
    expect(came).toEqual([11_999]);
  });

  test('never comes within the move that makes it due', () => {
    const { beneath, clock, came } = alarmAt(10_000);
    clock.advance(10_000);
    expect(came).toEqual([]);
    beneath.advance(0);
    expect(came).toEqual([0]);
  });

  test('once cancelled, no move brings it back', () => {
    const { beneath, clock, came, cancel } = alarmAt(10_000);
    cancel();
    cancel();
    clock.advance(20_000);
    beneath.advance(20_000);
    expect(came).toEqual([]);
    expect(beneath.pending).toBe(0);
  });

  test('waits while the clock stands at the end of its time', () => {
    const { beneath, clock, came, start } = alarmAt(10_000);
    clock.set(LATEST_MS + 1);
    clock.alarm(LATEST_MS + 1, () => came.push(-1));
    beneath.advance(0);
    expect(came).toEqual([0]);
    expect(beneath.pending).toBe(0);
    clock.set(start);
    beneath.advance(1_000);
    expect(came).toEqual([0]);
  });
});
