// Arrivals: as many as the curve says, by chance, and the same under the same seed.
import { expect, test } from 'vitest';
import { randomStream } from '../../src/base/random-stream.ts';
import { createArrivals } from '../../src/crowd/arrivals.ts';
import { curveOf } from '../../src/crowd/curve.ts';
import { crowdSettings, type WrittenCrowd } from '../../src/crowd/settings.ts';

type Written = NonNullable<WrittenCrowd['arrivals']>;

const curve = (written: Written, muPerS = 100) => curveOf(crowdSettings.parse({ arrivals: written }).arrivals, muPerS);

/** Arrivals up to a moment, in ms. */
function arrivalsOf(written: Written, untilMs: number, { seed = 1, speed = 1, originMs = 0 } = {}): number[] {
  const draw = randomStream(seed, 'arrivals');
  const arrivals = createArrivals({ curve: curve(written), draw, originMs, speed, fromMs: 0 });
  const all: number[] = [];
  while (arrivals.nextMs < untilMs) {
    all.push(arrivals.nextMs);
    arrivals.advance();
  }
  return all;
}

const within = (times: readonly number[], fromS: number, toS: number): number =>
  times.filter((ms) => ms >= fromS * 1000 && ms < toS * 1000).length;

const ON_SALE: Written = { base: 70, onSale: { at: '10m', peak: 300, decay: '590s' } };

test('a steady base comes at its rate, with gaps as random as Poisson has them', () => {
  const times = arrivalsOf({ base: 100 }, 1_000_000);
  expect(Math.abs(times.length / 100_000 - 1)).toBeLessThan(0.01);
  const gaps = times.slice(1).map((ms, at) => ms - (times[at] as number));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
  expect(Math.abs(Math.sqrt(variance) / mean - 1)).toBeLessThan(0.02); // cv of the exponential: 1
});

test('thinning gives the intensity of the curve, minute by minute', () => {
  const shape = curve(ON_SALE);
  const times = arrivalsOf(ON_SALE, 3_600_000);
  for (let minute = 0; minute < 60; minute++) {
    let expected = 0;
    for (let second = 0; second < 60; second++) expected += shape.rateAt((minute * 60 + second + 0.5) * 1000);
    const got = within(times, minute * 60, minute * 60 + 60);
    expect(Math.abs(got - expected), `minute ${minute}`).toBeLessThan(4.5 * Math.sqrt(expected));
  }
});

test('people gather before the sale, come at once at its opening, and go by the decay', () => {
  const { rateAt } = curve(ON_SALE);
  expect(rateAt(0)).toBeCloseTo(70 + 46 * Math.exp(-5), 5);
  expect(rateAt(480_000)).toBeCloseTo(70 + 46 / Math.E, 5);
  expect(rateAt(599_999)).toBeCloseTo(116, 2);
  expect(rateAt(600_000)).toBe(300);
  expect(rateAt(1_190_000)).toBeCloseTo(70 + 230 / Math.E, 5);
});

test('a plateau holds the peak, and echoes come on top', () => {
  const { rateAt } = curve({
    ...ON_SALE,
    plateau: '5m',
    echoes: [{ at: '1h', peak: 170, decay: '60s' }],
  });
  expect(rateAt(899_000)).toBe(300);
  expect(rateAt(900_000 + 590_000)).toBeCloseTo(70 + 230 / Math.E, 5);
  expect(rateAt(3_600_000) - rateAt(3_599_999)).toBeCloseTo(100, 2);
});

test('the bound is never below the rate', () => {
  const shape = curve({ ...ON_SALE, plateau: '30s', echoes: [{ at: '20m', peak: '5mu', decay: '7s' }] });
  for (let from = 0; from < 1_500_000; from += 1700) {
    const bound = shape.boundOver(from, from + 3000);
    for (let at = from; at <= from + 3000; at += 100) expect(shape.rateAt(at)).toBeLessThanOrEqual(bound + 1e-9);
  }
});

test('rates can be multiples of what the upstream serves', () => {
  expect(curve({}, 100).rateAt(0)).toBe(70);
  expect(curve({ base: '0.5mu', onSale: { at: '0ms', peak: '3mu' } }, 40).rateAt(0)).toBe(120);
  expect(curve({ base: '12/s' }).rateAt(0)).toBe(12);
});

test('speed runs the curve faster and leaves its rates alone', () => {
  const times = arrivalsOf(ON_SALE, 30_000, { speed: 60 }); // the opening is after 10 s
  expect(within(times, 10, 11)).toBeGreaterThan(240);
  expect(within(times, 4, 5)).toBeLessThan(110);
});

test('an origin in the past enters the story in its middle', () => {
  const times = arrivalsOf(ON_SALE, 10_000, { originMs: -600_000 });
  expect(times.length / 10).toBeGreaterThan(270);
});

test('without a base nobody comes once the last wave is over', () => {
  const times = arrivalsOf({ base: 0, echoes: [{ at: '1s', peak: 100, decay: '2s' }] }, Number.POSITIVE_INFINITY);
  expect(times[0]).toBeGreaterThanOrEqual(1000);
  expect(Math.abs(times.length - 200)).toBeLessThan(50);
  expect(arrivalsOf({ base: 0 }, Number.POSITIVE_INFINITY)).toEqual([]);
});

test('a wave shorter than a blink costs no more than another', () => {
  const spiked: Written = { base: 70, onSale: { at: '5s', peak: 210, decay: '1ms' }, plateau: '2s' };
  const times = arrivalsOf(spiked, 60_000);
  expect(Math.abs(within(times, 5, 7) - 420)).toBeLessThan(90);
  expect(Math.abs(within(times, 10, 60) - 3500)).toBeLessThan(250);
});

test('the same seed gives the same arrivals, another seed others', () => {
  expect(arrivalsOf(ON_SALE, 20_000, { seed: 7 })).toEqual(arrivalsOf(ON_SALE, 20_000, { seed: 7 }));
  expect(arrivalsOf(ON_SALE, 20_000, { seed: 7 })).not.toEqual(arrivalsOf(ON_SALE, 20_000, { seed: 8 }));
});
