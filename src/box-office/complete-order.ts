// Completing: an order becomes tickets, once; one by redirect when it is paid.
import type { BoxOfficeContext } from './context.ts';
import { happenedTo } from './facts.ts';
import type { Order } from './order.ts';
import { orderGone, ownOrder, sessionOfOrder } from './orders.ts';
import { capture } from './paying/money.ts';
import { refuse } from './refusals.ts';
import type { LedgerDraft } from './state/ledger-draft.ts';
import type { CompletionTerms, Term } from './terms.ts';
import { ticket } from './ticketing.ts';

/** A payment reference that begins so is declined, as a test card is: `payment_failed`, and the order goes on waiting. */
export const DECLINED_REFERENCE = 'decline';

/** Gives an order that is `completing` where it will be completed later. Canceled or expired is `reservation_expired`. */
export async function completeOrder(
  context: BoxOfficeContext,
  { client, id }: { client: string; id: string },
  reference: string | undefined,
  terms: CompletionTerms = {},
): Promise<Order> {
  const sessionId = sessionOfOrder(id);
  const settling = { ...context.inventory.settling(sessionId), seed: context.seed }; // of a dry run's own
  const { order, used } = await context.change(sessionId, (draft, now): Completed => {
    const known = ownOrder(client, id, draft.orders.get(id));
    const isCharged = terms.doubleCharge === true && known.payment.redirect !== undefined && isRepeated(known);
    const charge = isCharged ? (['doubleCharge'] as const) : [];
    const order = isCharged ? chargeAgain(draft, now, known) : known;
    if (isCharged && order.status === 'completed') return { order, used: charge };
    checkPending(order);
    checkMoney(order, reference);
    const { payment } = order;
    const told = reference === undefined ? order : { ...order, payment: { ...payment, reference } };
    if (order.status === 'completing' && draft.holds.has(id)) return { order, used: charge };
    if (terms.completionPendingMs === undefined) return { order: ticket(draft, now, settling, told), used: charge };
    const put = putOff(draft, now, told, terms.completionPendingMs);
    return { order: put, used: [...charge, 'completionPendingMs'] };
  });
  for (const term of used) terms.used?.add(term);
  return order;
}

interface Completed {
  readonly order: Order;
  readonly used: readonly Term[];
}

/** It was asked to be completed before, and that was taken. */
const isRepeated = ({ status }: Order): boolean => status === 'completed' || status === 'completing';

/** Its seats stay held until it is completed, or canceled; without end, until it is asked again. */
function putOff(draft: LedgerDraft, now: number, order: Order, afterMs: number): Order {
  const completing: Order = { ...order, status: 'completing' };
  draft.holds.delete(order.reservationId);
  draft.orders.set(order.id, completing);
  if (Number.isFinite(afterMs)) draft.due(order.id, now + afterMs);
  if (order.status !== 'completing')
    draft.tell({ kind: 'completing', ...happenedTo(order, draft.seatsOf(order), now) });
  return completing;
}

function chargeAgain(draft: LedgerDraft, now: number, order: Order): Order {
  const charged = capture(draft, now, order, { surplus: true });
  draft.orders.set(charged.id, charged);
  return charged;
}

function checkPending(order: Order): void {
  const { id, status, payment } = order;
  if (status === 'pending_payment' || status === 'paid' || status === 'completing') return;
  const isOver = status !== 'completed' && (status !== 'refunded' || payment.redirect !== undefined);
  if (isOver) throw orderGone(order);
  throw refuse('order_already_completed', `Order ${id} is ${status}.`, { orderStatus: status });
}

/** A redirect's money must be there; of a seller's own, its reference says whether it is. */
function checkMoney({ id, status, payment }: Order, reference: string | undefined): void {
  if (status !== 'pending_payment') return;
  if (payment.status === 'failed') throw refuse('payment_failed', `The payment of order ${id} has failed.`);
  if (payment.redirect)
    throw refuse('payment_outstanding', `Order ${id} is not paid yet: its payment is ${payment.status}.`, {
      paymentStatus: payment.status,
    });
  if (reference?.startsWith(DECLINED_REFERENCE))
    throw refuse('payment_failed', `Payment "${reference.slice(0, 80)}" was declined; the order goes on waiting.`);
}
