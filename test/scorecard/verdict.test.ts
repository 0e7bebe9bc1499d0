// From a figure and its interval to a verdict: what the interval does not bear out is a warning.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atLeast, atMost, idsOf, MAX_EVIDENCE, noData } from '../../src/scorecard/verdict.ts';
import { many } from '../support/evidence.ts';

const LIMITS = { pass: 10, warn: 20 };

test.each([
  [8, 7, 9, 'pass'],
  [10, 10, 10, 'pass'],
  [9, 7, 11, 'warn'],
  [15, 14, 16, 'warn'],
  [15, 5, 40, 'warn'],
  [21, 19, 23, 'warn'],
  [21, 20.5, 23, 'fail'],
])('at most 10, warns up to 20: %d within %d to %d is %s, and so is its opposite', (figure, low, high, verdict) => {
  expect(atMost({ figure, low, high }, LIMITS)).toBe(verdict);
  expect(atLeast({ figure: -figure, low: -high, high: -low }, { pass: -10, warn: -20 })).toBe(verdict);
});

test('a wider interval never turns a verdict into a surer one', () => {
  const figures = fc.record({ figure: fc.nat(40), narrow: fc.nat(5), wider: fc.nat(20) });
  fc.assert(
    fc.property(figures, ({ figure, narrow, wider }) => {
      const within = (by: number) => atMost({ figure, low: figure - by, high: figure + by }, LIMITS);
      expect([within(narrow), 'warn']).toContain(within(narrow + wider));
    }),
  );
});

test('no data has no figure and no evidence, and shown ids are bounded', () => {
  expect(noData(3, 'why')).toEqual({ verdict: 'no-data', n: 3, figure: null, advice: 'why', evidence: [] });
  expect(idsOf(many(20, (n) => ({ requestId: `r${n}` })))).toHaveLength(MAX_EVIDENCE);
});
