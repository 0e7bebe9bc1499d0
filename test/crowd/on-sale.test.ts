// An on-sale without any fault: 70 customers a second, 300 at the opening, on an upstream that serves 100; one seed each.
import { expect, test } from 'vitest';
import { capacitySettings, type WrittenCapacity } from '../../src/capacity/settings.ts';
import { curveOf } from '../../src/crowd/curve.ts';
import { crowdSettings, type WrittenCrowd } from '../../src/crowd/settings.ts';
import { play, TABLE } from './storm.ts';

const ARRIVALS = { base: 70, onSale: { at: '60s', peak: 300, decay: '590s' } } as const;
const OPENS_S = 60;
const WATCH_S = 7200;
const SLICE_S = 10;
const CALLS = [{ attempts: 1 }, { attempts: 4 }];

interface Sale {
  /** Of the customers of the two hours, the share that was served. */
  readonly served: number;
  /** Minutes in which less than half was done of what could have been. */
  readonly badMin: number;
}

function sale(sellers: NonNullable<WrittenCrowd['classes']>[number], over: WrittenCapacity = {}): Sale {
  const capacity = { ...TABLE, ...over };
  const crowd: WrittenCrowd = { arrivals: ARRIVALS, classes: [sellers] };
  const { perSecond } = play({ capacity, crowd, seed: 1, stallS: 0, stallAtS: OPENS_S, watchS: WATCH_S });
  const { servers, serviceTime } = capacitySettings.parse(capacity);
  const mu = (servers * 1000) / serviceTime.mean;
  const { rateAt } = curveOf(crowdSettings.parse(crowd).arrivals, mu);
  let asked = 0;
  let done = 0;
  let badS = 0;
  for (let at = 0; at < WATCH_S; at += SLICE_S) {
    const perS = rateAt((OPENS_S + at) * 1000);
    const inSlice = perSecond.slice(at, at + SLICE_S).reduce((sum, count) => sum + count, 0);
    asked += perS * SLICE_S;
    done += inSlice;
    if (inSlice / SLICE_S < Math.min(mu, perS) / 2) badS += SLICE_S;
  }
  return { served: done / asked, badMin: badS / 60 };
}

test('an endless queue is bad for some 75 minutes, even if nobody retries', () => {
  const { served, badMin } = sale({ policy: 'timeout3', attempts: 1 });
  expect(Math.abs(badMin - 75)).toBeLessThan(8);
  expect(served).toBeLessThan(0.42);
});

test('with four calls each it serves next to nobody, and never recovers', () => {
  const { served, badMin } = sale({ policy: 'timeout3' });
  expect(served).toBeLessThan(0.005);
  expect(badMin).toBe(WATCH_S / 60);
});

test.each(CALLS)('a queue of 200 serves some 89 % without a bad minute, with $attempts calls each', ({ attempts }) => {
  const { served, badMin } = sale({ policy: 'timeout3', attempts }, { queue: 200 });
  expect(Math.abs(served - 0.89)).toBeLessThan(0.04);
  expect(badMin).toBe(0);
});

test.each(CALLS)('breakers of 10 s serve some 80 %, with 14 bad minutes and $attempts calls each', ({ attempts }) => {
  const { served, badMin } = sale({ policy: 'breaker', open: '10s', attempts });
  expect(Math.abs(served - 0.8)).toBeLessThan(0.06);
  expect(Math.abs(badMin - 14)).toBeLessThan(4);
});
