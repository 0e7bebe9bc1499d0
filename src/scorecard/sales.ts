// What became of a client's orders, by what the box office said: tickets given, money taken, money given back.
import type { Happened } from './evidence.ts';

export interface Sale {
  readonly order: string;
  readonly reservation: string;
  readonly session: string;
  readonly externalRef: string | null;
  readonly seats: number;
  /** When it was completed, or else paid; null where it never was, or is over: canceled, lapsed or refunded since. */
  readonly soldAt: number | null;
  readonly isCompleted: boolean;
  /** How often its money was taken, as far as the box office takes any: of a seller's own payment it does not. */
  readonly captures: number;
}

const OVER: readonly string[] = ['canceled', 'lapsed', 'refunded'];

/** By order. */
export function salesOf(happened: readonly Happened[]): Map<string, Sale> {
  const sales = new Map<string, Sale>();
  for (const said of happened) if (said.order !== null) sales.set(said.order, next(sales.get(said.order), said));
  return sales;
}

function next(known: Sale | undefined, said: Happened): Sale {
  const { session, reservation, seats, at, happened } = said;
  const sale = known ?? { soldAt: null, isCompleted: false, captures: 0 };
  const externalRef = said.externalRef ?? known?.externalRef ?? null;
  const named = { ...sale, order: said.order as string, session, reservation, seats, externalRef };
  if (happened === 'completed') return { ...named, soldAt: at, isCompleted: true };
  if (happened === 'captured') return { ...named, soldAt: sale.soldAt ?? at, captures: sale.captures + 1 };
  if (OVER.includes(happened)) return { ...named, soldAt: null, isCompleted: false };
  return named;
}

/** Those that stand, by when they were sold. */
export const standing = (sales: Iterable<Sale>): Sold[] =>
  [...sales].filter((sale): sale is Sold => sale.soldAt !== null).sort((a, b) => a.soldAt - b.soldAt);

export type Sold = Sale & { readonly soldAt: number };
