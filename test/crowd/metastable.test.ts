// The paper's example and the defaults beside it: what stays down after a stall of ten seconds, in ten seeds of ten.
import { expect, test } from 'vitest';
import type { WrittenCapacity } from '../../src/capacity/settings.ts';
import type { WrittenCrowd } from '../../src/crowd/settings.ts';
import { HOTOS, meanRecoveryS, overSeeds, stuck, TABLE, type Weather } from './storm.ts';

type Sellers = NonNullable<WrittenCrowd['classes']>;

const hotos = (base: number, attempts: number, watchS: number): Weather[] =>
  overSeeds({
    capacity: HOTOS,
    crowd: { arrivals: { base }, classes: [{ policy: 'timeout3', attempts, timeout: '1s' }] },
    watchS,
  });

const seventy = (classes: Sellers, over: WrittenCapacity = {}, watchS = 120): Weather[] =>
  overSeeds({ capacity: { ...TABLE, ...over }, crowd: { arrivals: { base: 70 }, classes }, watchS });

function expectDown(weathers: readonly Weather[], amplification: number): void {
  expect(stuck(weathers)).toBe(10);
  for (const weather of weathers) {
    expect(weather.goodputPerS).toBeLessThan(1);
    expect(weather.wasted).toBeGreaterThan(0.99);
    expect(Math.abs(weather.amplification / amplification - 1)).toBeLessThan(0.05);
  }
}

/** As fast as the table says, as a mean of ten seeds. */
function expectRecovery(weathers: readonly Weather[], tableS: number, toleranceS: number): void {
  expect(stuck(weathers)).toBe(0);
  expect(Math.abs(meanRecoveryS(weathers) - tableS)).toBeLessThanOrEqual(toleranceS);
}

test('300 a second, two calls of 1 s: 151 customers a second stay down for ever', () =>
  expectDown(hotos(151, 2, 400), 2));

test('and so do the 280 of the paper', () => expectDown(hotos(280, 2, 60), 2));

test('145 customers a second recover, in some 255 s', () => expectRecovery(hotos(145, 2, 700), 255, 51));

test('120 recover in some 37 s', () => expectRecovery(hotos(120, 2, 120), 37, 8));

test('280 that do not retry recover in some 112 s', () => expectRecovery(hotos(280, 1, 240), 112, 23));

test('70 a second on 100, four calls of 3 s at once: nothing is served, for ever', () =>
  expectDown(seventy([{ policy: 'timeout3' }], {}, 240), 4));

test('full jitter changes nothing: many customers spread over time are still as many', () => {
  expectDown(seventy([{ policy: 'backoff', attempts: 4 }], {}, 240), 4);
  expectDown(seventy([{ policy: 'backoff' }], {}, 240), 3);
});

test('two calls are still too many', () => expectDown(seventy([{ policy: 'timeout3', attempts: 2 }]), 2));

test('one call recovers in some 11 s', () => expectRecovery(seventy([{ policy: 'timeout3', attempts: 1 }]), 11, 3));

test('a retry budget of 10 % recovers in some 14 s', () => expectRecovery(seventy([{ policy: 'budgeted' }]), 14, 3));

test.each([5, 10, 30, 60])('a breaker that stays open %d s recovers within 1.5 times that and 2 s', (openS) => {
  const weathers = seventy([{ policy: 'breaker', open: `${openS}s` }], {}, 180);
  expect(stuck(weathers)).toBe(0);
  for (const { recoveredAfterS } of weathers) expect(recoveredAfterS).toBeLessThanOrEqual(1.5 * openS + 2);
});

test('polite sellers recover', () => expect(stuck(seventy([{ policy: 'polite' }]))).toBe(0));

test('a perfect seller gets nothing either, while two thirds of the others retry', () => {
  const weathers = seventy(
    [
      { policy: 'breaker', attempts: 1, share: 1 },
      { policy: 'timeout3', share: 2 },
    ],
    {},
    240,
  );
  expect(stuck(weathers)).toBe(10);
  for (const { classGoodputPerS } of weathers) expect(classGoodputPerS[0]).toBeLessThan(1);
});

test.each([
  [0.3, 0],
  [0.4, 10],
])('beside breakers, a naive share of %d leaves %d of ten down; the formula says from 0.357 on', (share, down) => {
  const sellers: Sellers = [
    { policy: 'timeout3', share },
    { policy: 'breaker', attempts: 1, share: 1 - share },
  ];
  expect(stuck(seventy(sellers, {}, 240))).toBe(down);
});
