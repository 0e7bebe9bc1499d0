// The bands of the faults: from the first summary that has a rule to the last.
import { expect, test } from 'vitest';
import { bandsAt, faultBands } from '../../../src/dashboard/page/panels/charts/fault-bands.ts';
import { ruleOf, START_MS, summaryAt } from '../../support/summaries.ts';

const START_S = START_MS / 1000;
const seen = (of: Parameters<typeof faultBands>[0]) =>
  faultBands(of).map(({ name, kinds, from, to, isNow }) => [name, kinds.join(), from - START_S, to - START_S, isNow]);
const since = (second: number) => new Date(START_MS + second * 1000).toISOString();

test('a band reaches from the first second of a rule to its last', () => {
  const rules = [ruleOf('slow', { fault: 'latency' })];
  const all = [summaryAt(0), summaryAt(1, { rules }), summaryAt(2, { rules }), summaryAt(3), summaryAt(4)];
  expect(seen(all)).toEqual([['slow', 'latency', 1, 2, false]]);
  expect(seen(all.slice(0, 3))).toEqual([['slow', 'latency', 1, 2, true]]);
});

test('the rules of one activation are one band, which has the kinds of all', () => {
  const rules = [
    ruleOf('bad-day/1', { activation: 'bad-day', fault: 'latency' }),
    ruleOf('bad-day/2', { activation: 'bad-day', fault: 'hang' }),
  ];
  const all = [summaryAt(0, { rules }), summaryAt(1, { rules: rules.slice(1) }), summaryAt(2)];
  expect(seen(all)).toEqual([['bad-day', 'latency,hang', 0, 1, false]]);
});

test('what was ended and put in force again is two bands', () => {
  const rules = [ruleOf('slow')];
  const all = [summaryAt(0, { rules }), summaryAt(1), summaryAt(2, { rules }), summaryAt(3, { rules })];
  expect(seen(all)).toEqual([
    ['slow', 'hang', 0, 0, false],
    ['slow', 'hang', 2, 3, true],
  ]);
});

test('over seconds that were not told a band goes on, unless its rule is younger', () => {
  const [old, young] = [ruleOf('slow'), ruleOf('slow', { since: since(5) })];
  expect(seen([summaryAt(0, { rules: [old] }), summaryAt(9, { rules: [old] })])).toEqual([
    ['slow', 'hang', 0, 9, true],
  ]);
  expect(seen([summaryAt(0, { rules: [old] }), summaryAt(9, { rules: [young] })])).toEqual([
    ['slow', 'hang', 0, 0, false],
    ['slow', 'hang', 9, 9, true],
  ]);
});

test('at a moment those are in force whose bands reach over it', () => {
  const [one, two] = [ruleOf('one'), ruleOf('two')];
  const bands = faultBands([
    summaryAt(0, { rules: [one] }),
    summaryAt(1, { rules: [one, two] }),
    summaryAt(2, { rules: [two] }),
  ]);
  const namesAt = (second: number) => bandsAt(bands, START_S + second).map(({ name }) => name);
  expect([-1, 0, 1, 2, 3].map(namesAt)).toEqual([[], ['one'], ['one', 'two'], ['two'], []]);
  expect(bands.map(({ number }) => number)).toEqual([1, 2]);
});
