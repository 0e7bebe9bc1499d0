// Canceling: an order that waits for its payment ends, and one that is paid or completed is refunded until its session starts.
import type { BoxOfficeContext } from './context.ts';
import { happenedTo } from './facts.ts';
import { freeSeats, type Settling } from './inventory/settling.ts';
import type { Order } from './order.ts';
import { orderGone, ownOrder, sessionOfOrder } from './orders.ts';
import { cancelPayment, oweRefund } from './paying/money.ts';
import { refuse } from './refusals.ts';
import type { LedgerDraft } from './state/ledger-draft.ts';

/** Canceled or refunded before is no error. */
export async function cancelOrder(
  { inventory, change }: BoxOfficeContext,
  { client, id }: { client: string; id: string },
): Promise<Order> {
  const sessionId = sessionOfOrder(id);
  const settling = inventory.settling(sessionId);
  return change(sessionId, (draft, now) => {
    const order = ownOrder(client, id, draft.orders.get(id));
    if (order.status === 'canceled' || order.status === 'refunded' || order.status === 'refund_pending') return order;
    if (order.status === 'completed' && now >= settling.startsAt)
      throw refuse('order_already_completed', `Order ${id} is completed and its session has started.`);
    return cancel(draft, now, settling, order);
  });
}

function cancel(draft: LedgerDraft, now: number, { plan, rules }: Settling, order: Order): Order {
  const reservation = draft.reservations.get(order.reservationId);
  if (order.status === 'expired' || !reservation) throw orderGone(order);
  freeSeats(draft, plan.layout, reservation, order);
  draft.holds.delete(order.id); // what was put off for it does not come any more
  const isRedirect = order.payment.redirect !== undefined;
  const refunded = order.status === 'completed' || (isRedirect && order.status !== 'pending_payment');
  draft.tell({ kind: 'canceled', ...happenedTo(order, reservation.seats, now), refunded });
  if (refunded) return oweRefund(draft, now, order, isRedirect ? rules.refundAfterMs : 0);
  const ended: Order = { ...order, status: 'canceled', payment: cancelPayment(draft, now, order) };
  draft.orders.set(order.id, ended);
  return ended;
}
