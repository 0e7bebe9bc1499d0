// Canceling: an order that waits for its payment ends, and a completed one is refunded until its session starts.
import type { BoxOfficeContext } from './context.ts';
import { freeSeats } from './inventory/lapse.ts';
import type { Order } from './order.ts';
import { happenedTo, orderGone, ownOrder, sessionOfOrder } from './orders.ts';
import { refuse } from './refusals.ts';
import type { HallLayout } from './season/seat.ts';
import type { LedgerDraft } from './state/ledger-draft.ts';

/** Canceled or refunded before is no error. */
export async function cancelOrder(
  { inventory, change }: BoxOfficeContext,
  { client, id }: { client: string; id: string },
): Promise<Order> {
  const sessionId = sessionOfOrder(id);
  const { layout } = inventory.plan(sessionId);
  const { startsAt } = inventory.times(sessionId);
  return change(sessionId, (draft, now) => {
    const order = ownOrder(client, id, draft.orders.get(id));
    if (order.status === 'canceled' || order.status === 'refunded') return order;
    if (order.status === 'completed' && now >= startsAt)
      throw refuse('order_already_completed', `Order ${id} is completed and its session has started.`);
    return cancel(draft, now, { layout, order });
  });
}

function cancel(draft: LedgerDraft, now: number, { layout, order }: { layout: HallLayout; order: Order }): Order {
  const reservation = draft.reservations.get(order.reservationId);
  if (order.status === 'expired' || !reservation) throw orderGone(order);
  freeSeats(draft, layout, reservation, order);
  const { tickets, ...rest } = order; // they let nobody in any more
  for (const { barcode } of tickets ?? []) draft.barcodes.delete(barcode);
  const refunded = order.status === 'completed';
  const ended: Order = refunded
    ? { ...rest, status: 'refunded', payment: { ...order.payment, status: 'refunded' } }
    : { ...rest, status: 'canceled', payment: { ...order.payment, status: 'canceled' } };
  draft.orders.set(order.id, ended);
  draft.tell({ kind: 'canceled', ...happenedTo(order, reservation.seats, now), refunded });
  return ended;
}
