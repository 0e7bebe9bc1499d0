// Orders as their client finds them: by id, or all of one reference.
import type { BoxOfficeContext } from './context.ts';
import { sessionOf } from './ids.ts';
import type { Page } from './listing.ts';
import type { Order } from './order.ts';
import { refuse } from './refusals.ts';
import { referencesOf } from './state/references.ts';

export async function readOrder(context: BoxOfficeContext, client: string, id: string): Promise<Order> {
  return ownOrder(client, id, knownOrder(context, id));
}

/** Own orders of that reference in order of creation; a page begins at position `from`. */
export async function findOrders(
  context: BoxOfficeContext,
  { client, externalRef, from, limit }: { client: string; externalRef: string; from: number; limit: number },
): Promise<Page<Order>> {
  const ids = [...(context.store.peek(referencesOf(client, externalRef))?.orders.keys() ?? [])];
  const items: Order[] = [];
  let next = Math.max(0, from);
  for (; next < ids.length && items.length < limit; next++) {
    const order = knownOrder(context, ids[next] as string);
    if (order && !order.lost) items.push(order);
  }
  return next < ids.length ? { items, next } : { items };
}

/** Whosever it is, lost or not. */
export function knownOrder({ inventory }: BoxOfficeContext, id: string): Order | undefined {
  return inventory.ledger(sessionOfOrder(id))?.orders.get(id);
}

/** The session in an order's id; what cannot be one is not found. */
export function sessionOfOrder(id: string): string {
  return sessionOf('o', id) ?? ownOrder('', id, undefined).sessionId;
}

/** Another client's is not found, as if it were not there; nor is a lost one. */
export function ownOrder(client: string, id: string, order: Order | undefined): Order {
  if (order?.client === client && !order.lost) return order;
  throw refuse('not_found', `There is no order "${id.slice(0, 80)}".`);
}

/** Its seats are held or sold for it. */
export const stands = ({ status }: Pick<Order, 'status'>): boolean =>
  status === 'pending_payment' || status === 'paid' || status === 'completing' || status === 'completed';

/** Why nothing can be done about an order that is over. */
export const orderGone = ({ id, status }: Order) =>
  refuse('reservation_expired', `Order ${id} is ${status}: its seats are no longer held.`, { orderStatus: status });
