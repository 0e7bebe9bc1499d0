// Rates from cumulative counts: what was not told is not known, and never nothing.
import { expect, test } from 'vitest';
import { rateBetween, rateOver, ratesOf } from '../../../src/dashboard/page/live/rates.ts';
import { summaryAt } from '../../support/summaries.ts';

const arrived = (second: number, count: number) => summaryAt(second, { totals: { arrived: count } });
const countOf = ({ totals }: ReturnType<typeof arrived>) => totals.arrived;

test('a second has what came in it, and the first none', () => {
  expect(ratesOf([arrived(0, 10), arrived(1, 30), arrived(2, 30)], countOf)).toEqual([null, 20, 0]);
});

test('after seconds that were not told there is a gap, and not what came in all of them', () => {
  expect(ratesOf([arrived(0, 10), arrived(5, 60), arrived(6, 70)], countOf)).toEqual([null, null, 10]);
});

test('where counting began anew there is a gap, and not a zero', () => {
  expect(rateBetween(arrived(0, 100), arrived(1, 3), countOf)).toBeNull();
});

test('over a stretch it is of as much as is known', () => {
  const known = [arrived(0, 0), arrived(1, 10), arrived(2, 40)];
  expect(rateOver(known, countOf, 60_000)).toBe(20);
  expect(rateOver(known, countOf, 1000)).toBe(30);
  expect(rateOver(known.slice(0, 1), countOf, 1000)).toBeNull();
  expect(rateOver([], countOf, 1000)).toBeNull();
});
