// Crowd settings: bare is valid, and a mistake is named.
import { expect, test } from 'vitest';
import { crowdSettings } from '../../src/crowd/settings.ts';

test('bare is one timeout3 and one naive seller, at 0.7 of what the upstream serves, and no real purchase', () => {
  expect(crowdSettings.parse({})).toEqual({
    arrivals: { base: { timesMu: 0.7 } },
    classes: [
      { policy: 'timeout3', share: 1 },
      { policy: 'naive', share: 1 },
    ],
    realPurchases: 0,
  });
});

test('rates are written as a number, a number a second, or a multiple of mu', () => {
  const base = (written: number | string) => crowdSettings.parse({ arrivals: { base: written } }).arrivals.base;
  expect([base(70), base('70/s'), base('0.7mu')]).toEqual([{ perS: 70 }, { perS: 70 }, { timesMu: 0.7 }]);
});

test('a time-out may be never', () => {
  const { classes } = crowdSettings.parse({ classes: [{ policy: 'naive', timeout: 'never' }] });
  expect(classes[0]?.timeout).toBe(Number.POSITIVE_INFINITY);
});

test.each([
  ['an unknown policy', { classes: [{ policy: 'rude' }] }],
  ['no class', { classes: [] }],
  ['a share of nothing', { classes: [{ policy: 'naive', share: 0 }] }],
  ['a decay of nothing', { arrivals: { onSale: { at: '1m', peak: 300, decay: '0s' } } }],
  ['a negative rate', { arrivals: { base: -1 } }],
  ['a rate with another unit', { arrivals: { base: '70/min' } }],
  ['more real purchases than purchases', { realPurchases: 1.5 }],
])('%s is refused', (_what, written) => expect(crowdSettings.safeParse(written).success).toBe(false));
