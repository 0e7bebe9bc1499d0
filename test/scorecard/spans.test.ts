// What arrived within a stretch of time: from its beginning on, and before its end.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivedIn, isWithin, longestOf } from '../../src/scorecard/spans.ts';
import { answered } from '../support/virtual-client.ts';

test('those that arrived within it are all of those, and no others', () => {
  const moment = fc.nat(30);
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 30 }), moment, moment, (times, from, to) => {
      const attempts = times.sort((a, b) => a - b).map((at) => answered(at));
      const expected = attempts.filter(({ at }) => isWithin(at, { from, to }));
      expect(arrivedIn(attempts, { from, to })).toEqual(expected);
    }),
  );
});

test('within no stretch nothing arrived, and the longest of none is none', () => {
  expect(arrivedIn([answered(0)], undefined)).toEqual([]);
  expect(longestOf([])).toBeUndefined();
  expect(
    longestOf([
      { from: 0, to: 5 },
      { from: 10, to: 20 },
      { from: 30, to: 40 },
    ]),
  ).toEqual({ from: 10, to: 20 });
});
