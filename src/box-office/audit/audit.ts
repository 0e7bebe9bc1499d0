// What was truly reserved, sold and paid, read from the books a step at a time while sales go on.
import { checksIn, ledgersIn } from '../book.ts';
import type { BoxOfficeContext } from '../context.ts';
import { knownOrder } from '../orders.ts';
import type { Reservation } from '../reservation.ts';
import { allReferences, type ReferencedOrders, referencesOf } from '../state/references.ts';
import { type AuditedOrder, auditedOrder } from './audited-order.ts';
import type { Breach } from './breach.ts';

/** Between two steps of what it gives, others may get their turn; each thing is told as it is when it is come to. */
export interface Audit {
  /** ISO 4217; all orders have it. */
  readonly currency: string;
  /** Orders that ended without tickets long ago and are no longer kept, so that nothing can be said of them. */
  readonly forgotten: number;
  /** Every seller and reference that has orders. */
  references(): Iterable<Pick<ReferencedOrders, 'client' | 'externalRef'>>;
  /** Orders of one reference in order of creation, or all: those of one reference one after another. */
  orders(of?: { readonly client: string; readonly externalRef: string }): Iterable<AuditedOrder>;
  /** Reservations that hold seats and have no order; undefined for a step that found none. */
  unordered(): Iterable<Reservation | undefined>;
  /** What is broken in the books; undefined for a step that found nothing. */
  breaches(): Iterable<Breach | undefined>;
}

export const auditOf = (context: BoxOfficeContext): Audit => ({
  currency: context.season.currency,
  forgotten: context.inventory.forgotten,
  references: () => allReferences(context.store),
  orders: (of) => ordersIn(context, of ? oneReference(context, of) : allReferences(context.store)),
  unordered: () => unorderedIn(context),
  breaches: () => checksIn(context),
});

function oneReference({ store }: BoxOfficeContext, of: Omit<ReferencedOrders, 'orders'>): ReferencedOrders[] {
  return [{ ...of, orders: store.peek(referencesOf(of.client, of.externalRef))?.orders.keys() ?? [] }];
}

function* ordersIn(context: BoxOfficeContext, references: Iterable<ReferencedOrders>): Generator<AuditedOrder> {
  for (const { orders } of references)
    for (const id of orders) {
      const order = knownOrder(context, id);
      if (!order) continue;
      const reservation = context.inventory.ledger(order.sessionId)?.reservations.get(order.reservationId);
      yield auditedOrder(order, reservation?.seats ?? []);
    }
}

function* unorderedIn(context: BoxOfficeContext): Generator<Reservation | undefined> {
  for (const [, { reservations }] of ledgersIn(context))
    for (const reservation of reservations.values()) yield reservation.status === 'active' ? reservation : undefined;
}
