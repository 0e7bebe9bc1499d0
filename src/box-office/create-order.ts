// Ordering: a reservation becomes an order once, with a discount if its code is good.
import type { BoxOfficeContext } from './context.ts';
import { claimDiscount, type DiscountUse } from './discounting.ts';
import { happenedTo } from './facts.ts';
import { mint } from './ids.ts';
import type { Order, OrderRequest } from './order.ts';
import { type Payment, paymentIdOf } from './paying/payment.ts';
import { refuse } from './refusals.ts';
import type { Reservation } from './reservation.ts';
import { checkActive, ownReservation, sessionOfReservation } from './reservations.ts';
import type { LedgerDraft } from './state/ledger-draft.ts';
import { linkPayment } from './state/payment-links.ts';
import { referencesOf } from './state/references.ts';
import type { DiscountTerms } from './terms.ts';

export async function createOrder(
  context: BoxOfficeContext,
  request: OrderRequest,
  terms: DiscountTerms,
): Promise<Order> {
  const { client, reservationId, discountCode, externalRef } = request;
  const plan = context.inventory.plan(sessionOfReservation(reservationId));
  const activeIn = (draft: LedgerDraft): Reservation => {
    const reservation = ownReservation(client, reservationId, draft.reservations.get(reservationId));
    checkActive(reservation);
    return reservation;
  };
  if (discountCode !== undefined) await context.change(plan.id, activeIn); // before a use of the code is claimed
  const discount = discountCode === undefined ? undefined : await claimDiscount(context, discountCode, plan, terms);
  try {
    const order = await context.change(plan.id, (draft, now) =>
      place(draft, now, { context, request, reservation: activeIn(draft), discount }),
    );
    context.store.settle(referencesOf(client, externalRef), (draft) => draft.orders.set(order.id, true));
    if (order.payment.redirect) linkPayment(context.store, context.paymentToken(order.payment.id), order);
    if (discount?.charges(order)) terms.used?.add('discount');
    return order;
  } catch (error) {
    discount?.takeBack();
    throw error;
  }
}

interface Placing {
  readonly context: BoxOfficeContext;
  readonly request: OrderRequest;
  readonly reservation: Reservation;
  readonly discount: DiscountUse | undefined;
}

function place(draft: LedgerDraft, now: number, { context, request, reservation, discount }: Placing): Order {
  const { client, externalRef, customer, discountCode } = request;
  const { id: reservationId, sessionId, currency, expiresAt } = reservation;
  const off = discount?.off(reservation.amount) ?? 0;
  const id = mint(draft, draft.orders, { sort: 'o', sessionId, client, seed: context.seed });
  const order: Order = {
    id,
    client,
    externalRef,
    sessionId,
    reservationId,
    status: 'pending_payment',
    amount: reservation.amount - off,
    currency,
    ...(discountCode !== undefined && {
      discount: {
        code: discountCode,
        amountOff: off,
        ...(discount?.claimId !== undefined && { claimId: discount.claimId }),
      },
    }),
    payment: paymentFor(context, id, request.payment),
    customer,
    createdAt: now,
    expiresAt,
  };
  draft.orders.set(order.id, order);
  draft.orderOf.set(reservationId, order.id);
  draft.reservations.set(reservationId, { ...reservation, status: 'consumed' });
  const { amount } = order;
  draft.tell({ kind: 'ordered', ...happenedTo(order, reservation.seats, now), amount, currency });
  return order;
}

/** A redirect waits for its customer from the start; a seller's own is only declared. */
function paymentFor(context: BoxOfficeContext, orderId: string, asked: OrderRequest['payment']): Payment {
  const id = paymentIdOf(orderId);
  const { method, returnUrl, pageBase = '' } = asked;
  if (method === 'seller') return { id, method, status: 'created' };
  if (returnUrl === undefined)
    throw refuse('validation_failed', 'payment.returnUrl: a payment by redirect needs one, to lead the customer back.');
  const url = `${pageBase}/pay/${context.paymentToken(id)}`;
  return { id, method, status: 'requires_action', redirect: { url, returnUrl, attempts: [], money: [] } };
}
