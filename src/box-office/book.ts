// The books of a box office: its totals, and whether they are in order.

import type { Breach } from './audit/breach.ts';
import type { Tallies } from './audit/check-claims.ts';
import type { BoxOfficeContext } from './context.ts';
import { checkBooks } from './invariants.ts';
import { stands } from './orders.ts';
import type { Ledger } from './state/ledger.ts';
import type { Store } from './state/store.ts';
import { type Tally, tally } from './state/tally.ts';

export interface SeatTotals {
  readonly free: number;
  readonly reserved: number;
  readonly sold: number;
  readonly blocked: number;
}

export interface Totals extends SeatTotals {
  readonly reservations: number;
  readonly orders: number;
}

export function totalsOf(context: BoxOfficeContext): Totals {
  let reservations = 0;
  let orders = 0;
  for (const [, ledger] of ledgersIn(context)) {
    for (const { status } of ledger.reservations.values()) if (status === 'active') reservations++;
    for (const order of ledger.orders.values()) if (stands(order)) orders++;
  }
  return { ...seatTotalsOf(context), reservations, orders };
}

/** From the counts that are kept of each session. */
export function seatTotalsOf({ inventory }: BoxOfficeContext): SeatTotals {
  const [free = 0, reserved = 0, sold = 0, blocked = 0] = inventory.seatCounts();
  return { free, reserved, sold, blocked };
}

/** How many orders are to be refunded, by what is counted as orders change. */
export function refundsPendingIn({ store }: BoxOfficeContext): number {
  let count = 0;
  for (const [, ledger] of store.all('session')) count += (ledger as Ledger).refundsPending;
  return count;
}

export const breachesIn = (context: BoxOfficeContext): readonly Breach[] =>
  [...checksIn(context)].filter((found) => found !== undefined);

/** What is broken in the books, a step at a time: between two of them others may get their turn. */
export function checksIn(context: BoxOfficeContext): Iterable<Breach | undefined> {
  const { season, store } = context;
  return checkBooks({
    season,
    ledgers: ledgersIn(context),
    limits: talliesIn(store, 'limit'),
    quotas: talliesIn(store, 'quota'),
  });
}

/** Touched sessions, each with all that is due settled when it is looked at. */
export function* ledgersIn({ store, inventory }: BoxOfficeContext): Generator<readonly [string, Ledger]> {
  for (const [sessionId] of store.all('session')) {
    const ledger = inventory.ledger(sessionId);
    if (ledger) yield [sessionId, ledger];
  }
}

const talliesIn = (store: Store, kind: 'limit' | 'quota'): Tallies => ({
  get: (key) => store.peek(tally(kind, key)),
  [Symbol.iterator]: () => store.all(kind)[Symbol.iterator]() as Iterator<readonly [string, Tally]>,
});
