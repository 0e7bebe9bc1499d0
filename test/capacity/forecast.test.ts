// The forecast: what the formulas say of the table's capacity and its variations.
import { expect, test } from 'vitest';
import { backlogAfter, drainMs, forecast, type LoadClass } from '../../src/capacity/forecast.ts';
import { capacitySettings, type WrittenCapacity } from '../../src/capacity/settings.ts';

const capacity = (over: WrittenCapacity = {}) => capacitySettings.parse(over);
const naive = (firstTriesPerS: number, attempts = 4, timeoutMs = 3000): LoadClass => ({
  firstTriesPerS,
  attempts,
  timeoutMs,
});
const withBreaker = (firstTriesPerS: number): LoadClass => naive(firstTriesPerS, 0);

test('70 a second of four calls each on 100 a second is vulnerable, and trips after a stall of 3.64 s', () => {
  const said = forecast(capacity(), [naive(70)]);
  expect(said).toMatchObject({
    servedPerS: 100,
    firstTriesPerS: 70,
    utilisation: 0.7,
    attempts: 4,
    worstOfferedPerS: 280,
    hiddenCapacityPerS: 25,
    safeQueue: 300,
    vulnerable: true,
  });
  expect(said.tripsAfterStallMs).toBeCloseTo(3643, 0);
  expect(said.expectedWaitMs).toBeCloseTo((0.0936 * 200) / 6, 0);
});

test.each([
  [151, true],
  [149, false],
])("the paper's 300 a second with two calls each: %d a second vulnerable: %s", (perS, vulnerable) => {
  const hotos = capacity({ servers: 15, serviceTime: { mean: '50ms' } });
  expect(forecast(hotos, [naive(perS, 2, 1000)])).toMatchObject({ vulnerable, hiddenCapacityPerS: 150 });
});

test('a queue of no more than mu T cannot trap it', () => {
  expect(forecast(capacity({ queue: 300 }), [naive(70)]).vulnerable).toBe(false);
  expect(forecast(capacity({ queue: 301 }), [naive(70)]).vulnerable).toBe(true);
});

test('without retries it is not vulnerable, and drains at mu less lambda', () => {
  const said = forecast(capacity(), [naive(70, 1)], 700);
  expect(said).toMatchObject({ vulnerable: false, tripsAfterStallMs: null, timeoutMs: null });
  expect(said.drainMs).toBeCloseTo(23_333, 0);
});

test('a naive share f keeps it down from f lambda A = mu on, which is 0.357', () => {
  const mixed = (share: number) => forecast(capacity(), [naive(70 * share), withBreaker(70 * (1 - share))]).vulnerable;
  expect(mixed(0.35)).toBe(false);
  expect(mixed(0.36)).toBe(true);
});

test('overload is not vulnerability: nothing has to go wrong first', () => {
  expect(forecast(capacity(), [naive(120)])).toMatchObject({
    vulnerable: false,
    expectedWaitMs: null,
    utilisation: 1.2,
  });
});

test('a stall serves nothing, and its utilisation is no number', () => {
  expect(forecast(capacity({ factor: 0 }), [naive(70)])).toMatchObject({
    servedPerS: 0,
    utilisation: null,
    expectedWaitMs: null,
    hiddenCapacityPerS: 25,
  });
});

test('nobody calling is calm', () => {
  expect(forecast(capacity(), [])).toMatchObject({ utilisation: 0, attempts: 0, vulnerable: false, expectedWaitMs: 0 });
});

test('the backlog of a stall grows with every round of retries', () => {
  expect(backlogAfter([naive(70)], 2000)).toBe(140);
  expect(backlogAfter([naive(70)], 10_000)).toBe(70 * (10 + 7 + 4 + 1));
  expect(backlogAfter([naive(70, 1, Number.POSITIVE_INFINITY)], 10_000)).toBe(700);
  expect(drainMs(700, 100, 100)).toBeNull();
});
