// The order of the rows: by what is asked for, what is not known last, and all others after everybody.
import { expect, test } from 'vitest';
import {
  FIRST_ORDER,
  inOrder,
  type Judged,
  orderAfter,
  SORT_KEYS,
} from '../../../src/dashboard/page/panels/clients/order.ts';
import { clientOf } from '../../support/summaries.ts';

const rowOf = (client: string, said: Partial<Judged> = {}): Judged => ({
  ...clientOf(client),
  ...{ rate: null, failedShare: null, tally: null },
  ...said,
});
const tally = (fail: number, warn: number) => ({ fail, warn, pass: 0, 'no-data': 0 });

const ROWS = [
  rowOf('other', { rate: 999, open: 999, retries: 999, failedShare: 1, timeoutMs: 1 }),
  rowOf('b', { rate: 5, open: 1, failedShare: 0.5, retries: 7, breaker: 'open', tally: tally(0, 9) }),
  rowOf('a', { rate: 9, open: 3, failedShare: 0.1, retries: 7, timeoutMs: 800, breaker: 'closed', tally: tally(1, 0) }),
  rowOf('c'),
];
const namesBy = (order: Parameters<typeof inOrder>[1]) =>
  inOrder(ROWS, order)
    .map(({ client }) => client)
    .join(' ');

test('at first by name, so that nothing moves', () => expect(namesBy(FIRST_ORDER)).toBe('a b c other'));

test('numbers begin with the greatest, and turn round when asked for again', () => {
  const once = orderAfter(FIRST_ORDER, 'rate');
  expect([once, namesBy(once)]).toEqual([{ by: 'rate', isDown: true }, 'a b c other']);
  const twice = orderAfter(once, 'rate');
  expect([twice, namesBy(twice)]).toEqual([{ by: 'rate', isDown: false }, 'b a c other']);
});

test('a fail is worse than every warning, an open breaker worse than a closed one', () => {
  expect(namesBy({ by: 'verdicts', isDown: true })).toBe('a b c other');
  expect(namesBy({ by: 'breaker', isDown: true })).toBe('b a c other');
});

test('whatever is asked for, all others stay last, and who is alike stands by name', () => {
  for (const by of SORT_KEYS) for (const isDown of [true, false]) expect(namesBy({ by, isDown })).toMatch(/ other$/);
  expect(namesBy({ by: 'retries', isDown: true })).toBe('a b c other');
});
