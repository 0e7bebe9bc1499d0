// What the box office says that was sold to each client while it was recorded, and what does not add up at the end.
import type { EventEntry, Happening } from '../../journal/entry.ts';

/** Orders or references that are named; there may be more. */
const MAX_NAMED = 20;
const MAX_CLIENTS = 200;
const MAX_ORDERS = 200_000;

export interface Sales {
  readonly client: string;
  readonly reserved: number;
  readonly ordered: number;
  /** Orders that got their tickets. */
  readonly completed: number;
  readonly seatsSold: number;
  /** Minor units; null where no money is told of. */
  readonly amount: number | null;
  readonly canceled: number;
  readonly refunded: number;
  /** Reservations that nobody came back for. */
  readonly lapsed: number;
  /** Orders whose payment was taken, and that had neither tickets nor their money back at the end. */
  readonly paidWithoutTicket: readonly string[];
  /** The seller's own references (pseudonyms) under which more than one order has tickets. */
  readonly soldTwice: readonly string[];
}

interface OfOrder {
  readonly externalRef: string | null;
  isPaid: boolean;
  isSold: boolean;
  seats: number;
  amount: number | null;
}

interface OfClient {
  readonly counts: Map<Happening, number>;
  readonly orders: Map<string, OfOrder>;
}

/** Takes what happened, in order. */
export class SalesTaker {
  readonly #clients = new Map<string, OfClient>();

  take(event: EventEntry): void {
    const of = this.#of(event.client);
    if (!of) return;
    of.counts.set(event.happened, (of.counts.get(event.happened) ?? 0) + 1);
    const order = orderIn(of, event);
    if (order) become(order, event);
  }

  /** By client's name. */
  get sales(): Sales[] {
    return [...this.#clients].sort(([a], [b]) => (a < b ? -1 : 1)).map(([client, of]) => salesOf(client, of));
  }

  #of(client: string): OfClient | undefined {
    const known = this.#clients.get(client);
    if (known || this.#clients.size >= MAX_CLIENTS) return known;
    const of: OfClient = { counts: new Map(), orders: new Map() };
    this.#clients.set(client, of);
    return of;
  }
}

function orderIn({ orders }: OfClient, { order: id, externalRef }: EventEntry): OfOrder | undefined {
  if (id === null) return undefined;
  const known = orders.get(id);
  if (known || orders.size >= MAX_ORDERS) return known;
  const order: OfOrder = { externalRef, isPaid: false, isSold: false, seats: 0, amount: null };
  orders.set(id, order);
  return order;
}

function become(order: OfOrder, { happened, seats, amount }: EventEntry): void {
  if (happened === 'captured') order.isPaid = true;
  if (happened === 'refunded') order.isPaid = order.isSold = false;
  if (happened === 'canceled') order.isSold = false;
  if (happened === 'completed') Object.assign(order, { isSold: true, seats, amount });
}

function salesOf(client: string, { counts, orders }: OfClient): Sales {
  const count = (happened: Happening): number => counts.get(happened) ?? 0;
  const sold = [...orders.values()].filter(({ isSold }) => isSold);
  const amounts = sold.flatMap(({ amount }) => (amount === null ? [] : [amount]));
  const stranded = [...orders].filter(([, { isPaid, isSold }]) => isPaid && !isSold).map(([id]) => id);
  return {
    client,
    ...{ reserved: count('reserved'), ordered: count('ordered'), completed: count('completed') },
    seatsSold: sold.reduce((sum, { seats }) => sum + seats, 0),
    amount: amounts.length === 0 ? null : amounts.reduce((sum, one) => sum + one, 0),
    ...{ canceled: count('canceled'), refunded: count('refunded'), lapsed: count('lapsed') },
    paidWithoutTicket: stranded.slice(0, MAX_NAMED),
    soldTwice: repeated(sold.flatMap(({ externalRef }) => (externalRef === null ? [] : [externalRef]))),
  };
}

function repeated(references: readonly string[]): string[] {
  const [once, again] = [new Set<string>(), new Set<string>()];
  for (const one of references) (once.has(one) ? again : once).add(one);
  return [...again].slice(0, MAX_NAMED);
}
