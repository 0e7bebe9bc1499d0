// Verdicts in numbers: how many of which, the worst first, and figures in their units.
import { expect, test } from 'vitest';
import {
  commonDoubt,
  figureWords,
  isJudged,
  tallyOf,
  worstFirst,
} from '../../../src/dashboard/page/panels/clients/tally.ts';

const row = (name: string, verdict: 'pass' | 'warn' | 'fail' | 'no-data') => ({
  ...{ name, verdict, n: 0, figure: null, unit: 'count' as const, threshold: '', source: '', advice: '' },
  ...{ evidence: [], counts: 'judged' as const },
});

test('without a verdict a client is not judged', () => {
  const criteria = [row('a', 'no-data'), row('b', 'no-data')];
  expect(isJudged(tallyOf({ client: 'shop', gate: 'no-data', criteria }))).toBe(false);
  const more = { client: 'shop', gate: 'no-data' as const, criteria: [...criteria, row('c', 'pass')] };
  expect([tallyOf(more), isJudged(tallyOf(more))]).toEqual([{ fail: 0, warn: 0, pass: 1, 'no-data': 2 }, true]);
});

test('the worst come first, else the server’s order stays', () => {
  const criteria = [row('a', 'pass'), row('b', 'no-data'), row('c', 'fail'), row('d', 'warn'), row('e', 'pass')];
  expect(worstFirst(criteria).map(({ name }) => name)).toEqual(['c', 'd', 'a', 'e', 'b']);
});

test('a figure has its unit, and no digits that say nothing', () => {
  expect(figureWords(0.9666, 'share')).toBe('96.7 %');
  expect(figureWords(1, 'share')).toBe('100 %');
  expect(figureWords(2.50001, 'ratio')).toBe('2.5');
  expect(figureWords(1200, 'count')).toBe('1200');
  expect(figureWords(805.432, 'ms')).toBe('805 ms');
});

test('what makes every verdict unsure is said once, and what makes one unsure at that one', () => {
  const unsure = { unsure: 'entries have gone' };
  const [one, two] = [row('a', 'pass'), row('b', 'warn')];
  expect(
    commonDoubt([
      { ...one, ...unsure },
      { ...two, ...unsure },
    ]),
  ).toBe('entries have gone');
  expect([commonDoubt([{ ...one, ...unsure }, two]), commonDoubt([one, two]), commonDoubt([])]).toEqual([
    null,
    null,
    null,
  ]);
});
