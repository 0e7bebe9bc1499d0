// What the upstream itself can do against a retry storm: a bounded queue, another discipline; and how short a stall does it.
import { expect, test } from 'vitest';
import type { WrittenCapacity } from '../../src/capacity/settings.ts';
import type { WrittenCrowd } from '../../src/crowd/settings.ts';
import { overSeeds, play, stuck, TABLE, type Weather } from './storm.ts';

const NAIVE: WrittenCrowd = { arrivals: { base: 70 }, classes: [{ policy: 'timeout3' }] };

const under = (over: WrittenCapacity, watchS = 120): Weather[] =>
  overSeeds({ capacity: { ...TABLE, ...over }, crowd: NAIVE, watchS });

test.each([10, 100, 200])('a queue of %d recovers at once', (queue) => {
  for (const { recoveredAfterS } of under({ queue })) expect(recoveredAfterS).toBeLessThanOrEqual(1);
});

test.each([300, 310])('a queue of %d, about mu T, recovers in the end', (queue) =>
  expect(stuck(under({ queue }, 600))).toBe(0),
);

test('a queue of 400 is long enough to stay down', () => expect(stuck(under({ queue: 400 }, 300))).toBe(10));

test('in between it is a matter of chance', () => {
  const down = [330, 350].map((queue) => stuck(under({ queue }, 240)));
  expect(down[0]).toBeGreaterThanOrEqual(1);
  expect(down[0]).toBeLessThan(down[1] as number);
  expect(down[1]).toBeLessThan(10);
});

test.each(['deadline', 'lifo', 'codel'] as const)('%s recovers at once', (discipline) => {
  for (const { recoveredAfterS } of under({ discipline })) expect(recoveredAfterS).toBeLessThanOrEqual(1);
});

test('skipping who has left does not save a fifo queue: its head always has hardly any patience left', () => {
  const weathers = under({ abandonAware: true }, 240);
  expect(stuck(weathers)).toBe(10);
  for (const { goodputPerS } of weathers) expect(goodputPerS).toBeLessThan(1);
});

test('a stall of 3 s passes; one of 4 s stays', () => {
  const after = (stallS: number): number => stuck(overSeeds({ capacity: TABLE, crowd: NAIVE, stallS, watchS: 240 }));
  expect(after(3)).toBe(0);
  expect(after(4)).toBeGreaterThanOrEqual(9);
});

test('three times the load for 2 s passes more often than not; for 4 s it stays', () => {
  const after = (spike: string): number =>
    stuck(
      overSeeds({
        capacity: TABLE,
        crowd: {
          ...NAIVE,
          arrivals: { base: 70, onSale: { at: '60s', peak: 210, decay: '1ms' }, plateau: spike },
        },
        stallS: 0,
        watchS: 240,
      }),
    );
  expect(after('2s')).toBeLessThanOrEqual(2);
  expect(after('4s')).toBe(10);
});

test('the same seed is the same storm, to the last event', () => {
  const storm = { capacity: { ...TABLE, queue: 330 }, crowd: NAIVE, watchS: 60 };
  expect(play({ ...storm, seed: 4 })).toEqual(play({ ...storm, seed: 4 }));
  expect(play({ ...storm, seed: 4 })).not.toEqual(play({ ...storm, seed: 5 }));
});
