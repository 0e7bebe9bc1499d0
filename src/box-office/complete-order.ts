// Completing: an order that waits for its payment becomes tickets, once.
import { barcodeOf } from './barcode.ts';
import type { BoxOfficeContext } from './context.ts';
import type { Order, Ticket } from './order.ts';
import { happenedTo, orderGone, ownOrder, sessionOfOrder } from './orders.ts';
import { refuse } from './refusals.ts';
import { SEAT_CODE } from './season/seat.ts';
import type { SessionPlan } from './season/session.ts';
import type { LedgerDraft } from './state/ledger-draft.ts';

/** A payment reference that begins so is declined, as a test card is: `payment_failed`, and the order goes on waiting. */
export const DECLINED_REFERENCE = 'decline';

/** Expired or canceled is `reservation_expired`, refunded counts as completed before. */
export async function completeOrder(
  context: BoxOfficeContext,
  { client, id }: { client: string; id: string },
  reference: string | undefined,
): Promise<Order> {
  const sessionId = sessionOfOrder(id);
  return context.change(sessionId, (draft, now) => {
    const order = ownOrder(client, id, draft.orders.get(id));
    checkPending(order);
    if (reference?.startsWith(DECLINED_REFERENCE))
      throw refuse('payment_failed', `Payment "${reference.slice(0, 80)}" was declined; the order goes on waiting.`);
    return complete(draft, now, { context, plan: context.inventory.plan(sessionId), order, reference });
  });
}

interface Completing {
  readonly context: BoxOfficeContext;
  readonly plan: SessionPlan;
  readonly order: Order;
  readonly reference: string | undefined;
}

function complete(draft: LedgerDraft, now: number, { context, plan, order, reference }: Completing): Order {
  const seats = draft.reservations.get(order.reservationId)?.seats ?? [];
  const session = context.inventory.position(plan.id);
  const tickets = seats.map((seat): Ticket => {
    draft.setSeat(plan.layout.indexOf.get(seat) as number, SEAT_CODE.sold);
    const identity = { session, orderId: order.id, seat, seed: context.seed };
    const barcode = barcodeOf(identity, (candidate) => draft.barcodes.has(candidate));
    draft.barcodes.set(barcode, true);
    return { seat, barcode };
  });
  const payment = { ...order.payment, status: 'succeeded', ...(reference !== undefined && { reference }) } as const;
  const completed: Order = { ...order, status: 'completed', payment, tickets };
  draft.holds.delete(order.reservationId);
  draft.orders.set(order.id, completed);
  const { amount, currency } = order;
  draft.tell({ kind: 'completed', ...happenedTo(order, seats, now), amount, currency });
  return completed;
}

function checkPending(order: Order): void {
  if (order.status === 'pending_payment') return;
  if (order.status === 'expired' || order.status === 'canceled') throw orderGone(order);
  throw refuse('order_already_completed', `Order ${order.id} is ${order.status}.`, { orderStatus: order.status });
}
