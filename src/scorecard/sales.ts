// What became of a client's orders, by what the box office said: tickets given, money taken, money given back.
import { ByName } from './by-name.ts';
import type { Happened } from './evidence.ts';
import type { Name } from './names.ts';

export interface Sale {
  readonly order: Name;
  readonly reservation: Name;
  readonly session: string;
  readonly externalRef: Name | null;
  readonly seats: number;
  /** When it was completed, or else paid; null where it never was, or is over: canceled, lapsed or refunded since. */
  readonly soldAt: number | null;
  readonly isCompleted: boolean;
  /** How often its money was taken, as far as the box office takes any: of a seller's own payment it does not. */
  readonly captures: number;
}

const OVER: readonly string[] = ['canceled', 'lapsed', 'refunded'];

/** One of each order. */
export function salesOf(happened: readonly Happened[]): readonly Sale[] {
  const sales = new ByName<Growing>();
  for (const said of happened) {
    if (said.order === null) continue;
    const known = sales.get(said.order);
    if (known) note(known, said);
    else sales.set(said.order, note(begun(said, said.order), said));
  }
  return sales.items;
}

type Growing = { -readonly [Part in keyof Sale]: Sale[Part] };

const begun = ({ session, reservation, seats, externalRef }: Happened, order: Name): Growing => ({
  order,
  reservation,
  session,
  externalRef,
  seats,
  soldAt: null,
  isCompleted: false,
  captures: 0,
});

function note(sale: Growing, { happened, at, externalRef }: Happened): Growing {
  sale.externalRef = externalRef ?? sale.externalRef;
  if (happened === 'completed') {
    sale.soldAt = at;
    sale.isCompleted = true;
  } else if (happened === 'captured') {
    sale.soldAt ??= at;
    sale.captures++;
  } else if (OVER.includes(happened)) {
    sale.soldAt = null;
    sale.isCompleted = false;
  }
  return sale;
}

/** Those that stand, by when they were sold. */
export const standing = (sales: readonly Sale[]): Sold[] =>
  sales.filter((sale): sale is Sold => sale.soldAt !== null).sort((a, b) => a.soldAt - b.soldAt);

export type Sold = Sale & { readonly soldAt: number };
