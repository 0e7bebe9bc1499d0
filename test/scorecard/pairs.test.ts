// Pairs of names become numbers that are equal where both names are, and only there.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pairs } from '../../src/scorecard/pairs.ts';

const name = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 100_000 }), fc.constantFrom('a', 'b'));
const pair = fc.tuple(name, fc.option(name, { nil: null }));

test('two pairs have one number if, and only if, both names are equal; numbers count on from 1', () => {
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 60 }), (given) => {
      const pairs = new Pairs();
      const known = new Map<string, number>();
      for (const [one, other] of given) {
        const key = JSON.stringify([one, other]);
        const expected = known.get(key) ?? known.size + 1;
        known.set(key, expected);
        expect(pairs.of(one, other)).toBe(expected);
      }
    }),
  );
});

test('a hundred thousand pairs, of which many have one name in common', () => {
  const pairs = new Pairs();
  const numbers = Array.from({ length: 100_000 }, (_, at) => pairs.of(1 + (at % 7), 1 + Math.floor(at / 7)));
  expect(numbers).toEqual(Array.from({ length: 100_000 }, (_, at) => at + 1));
});
