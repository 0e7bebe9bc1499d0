// The books of a box office: its totals, and whether they are in order.
import type { BoxOfficeContext } from './context.ts';
import { type Books, type Breach, breachesOf } from './invariants.ts';
import { stands } from './orders.ts';
import type { Ledger } from './state/ledger.ts';
import type { Tally } from './state/tally.ts';

export interface Totals {
  readonly free: number;
  readonly reserved: number;
  readonly sold: number;
  readonly blocked: number;
  readonly reservations: number;
  readonly orders: number;
}

export function totalsOf(context: BoxOfficeContext): Totals {
  let reservations = 0;
  let orders = 0;
  for (const ledger of ledgersIn(context).values()) {
    for (const { status } of ledger.reservations.values()) if (status === 'active') reservations++;
    for (const order of ledger.orders.values()) if (stands(order)) orders++;
  }
  const [free = 0, reserved = 0, sold = 0, blocked = 0] = context.inventory.seatCounts();
  return { free, reserved, sold, blocked, reservations, orders };
}

export function breachesIn(context: BoxOfficeContext): readonly Breach[] {
  const { season, store } = context;
  const books: Books = {
    season,
    ledgers: ledgersIn(context),
    limits: new Map(store.all('limit') as Iterable<readonly [string, Tally]>),
    quotas: new Map(store.all('quota') as Iterable<readonly [string, Tally]>),
  };
  return breachesOf(books);
}

/** Touched sessions, with all that is due settled. */
function ledgersIn({ store, inventory }: BoxOfficeContext): Map<string, Ledger> {
  const found = new Map<string, Ledger>();
  for (const [sessionId] of store.all('session')) {
    const ledger = inventory.ledger(sessionId);
    if (ledger) found.set(sessionId, ledger);
  }
  return found;
}
