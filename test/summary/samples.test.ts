// Which exchanges of a second are told, and in which order.
import { expect, test } from 'vitest';
import { Samples } from '../../src/summary/samples.ts';
import { exchangeEntry } from '../support/entries.ts';

test('failures come first, and each by seq, however they ended', () => {
  const samples = new Samples(4);
  for (const seq of [9, 2, 5, 7]) samples.add(exchangeEntry({ seq }), seq % 2 === 1);
  const { entries, rate } = samples.take();
  expect([entries.map(({ seq }) => seq), rate]).toEqual([[5, 7, 9, 2], 1]);
});

test('of more than may be told, the latest failures and then the latest others are, in order', () => {
  const samples = new Samples(3);
  for (const seq of [1, 2, 3, 4, 5]) samples.add(exchangeEntry({ seq }), false);
  for (const seq of [6, 7]) samples.add(exchangeEntry({ seq }), true);
  expect(samples.take().entries.map(({ seq }) => seq)).toEqual([6, 7, 5]);
  for (const seq of [1, 2, 3, 4]) samples.add(exchangeEntry({ seq }), true);
  samples.add(exchangeEntry({ seq: 5 }), false);
  expect(samples.take()).toMatchObject({ entries: [{ seq: 2 }, { seq: 3 }, { seq: 4 }], rate: 3 / 5 });
});
