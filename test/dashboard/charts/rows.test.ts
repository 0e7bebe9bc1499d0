// The seconds of the charts: gaps where nothing was told, and the row that a moment means.
import { expect, test } from 'vitest';
import { CHARTS } from '../../../src/dashboard/page/panels/charts/chart-list.ts';
import { levels, nearestRow, rates, rowsOf } from '../../../src/dashboard/page/panels/charts/rows.ts';
import { START_MS, summaryAt } from '../../support/summaries.ts';

const START_S = START_MS / 1000;

test('between seconds that were not told stands an empty row, so that no line bridges them', () => {
  const rows = rowsOf([summaryAt(0, { open: 3 }), summaryAt(1, { open: 4 }), summaryAt(9, { open: 5 })]);
  expect(rows.at.map((at) => at - START_S)).toEqual([0, 1, 5, 9]);
  expect(levels(({ open }) => open)(rows)).toEqual([3, 4, null, 5]);
});

test('a rate breaks at a gap, and a level only in it', () => {
  const rows = rowsOf([0, 1, 9, 10].map((second) => summaryAt(second, { totals: { arrived: second * 7 } })));
  expect(rates(({ totals }) => totals.arrived)(rows)).toEqual([null, 7, null, null, 7]);
});

test('every line has a value for every row', () => {
  const rows = rowsOf([summaryAt(0), summaryAt(1), summaryAt(8), summaryAt(9)]);
  for (const { title, lines } of CHARTS)
    for (const { name, values } of lines) expect([title, name, values(rows).length]).toEqual([title, name, 5]);
});

test('a second without an answer has no latency, and what is still open stands beside it', () => {
  const latency = CHARTS.find(({ scale }) => scale === 'latency');
  const rows = rowsOf([
    summaryAt(0, { latencyMs: { n: 3, p50: 4, p95: 5, p99: 6, max: 7 }, oldestOpenMs: 100 }),
    summaryAt(1, { latencyMs: null, oldestOpenMs: 1100, held: 9 }),
  ]);
  expect(latency?.lines.map(({ values }) => values(rows))).toEqual([
    [4, null],
    [5, null],
    [6, null],
    [100, 1100],
  ]);
  expect(latency?.facts?.map(({ words }) => words(summaryAt(1, { held: 9 })))).toEqual(['9', '0']);
});

test('charts of capacity say why they are empty: it is off, or its servers are sealed', () => {
  const why = (said: Parameters<typeof summaryAt>[1]) =>
    CHARTS.flatMap(({ emptyWhy }) => emptyWhy?.(summaryAt(0, said)) ?? []);
  expect(why({ capacity: null })).toEqual(Array(2).fill('Capacity is off: requests do not wait for servers.'));
  expect(why({ capacity: { queue: 3, busy: 2, servers: null } })).toEqual([
    'How many servers there are is sealed while a hidden scenario plays.',
  ]);
  expect(why({ capacity: { queue: 3, busy: 2, servers: 4 } })).toEqual([]);
});

test('a moment means the row nearest to it', () => {
  const rows = rowsOf([summaryAt(0), summaryAt(1), summaryAt(2)]);
  expect([-5, 0.4, 0.6, 99].map((second) => nearestRow(rows, START_S + second))).toEqual([0, 0, 1, 2]);
  expect(nearestRow(rowsOf([]), START_S)).toBe(-1);
});
