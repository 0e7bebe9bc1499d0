// Sells seats: reserve, order, complete; and after an answer that was lost, finds out before anything is said or done twice.
import { type Failure, failureOf } from './call-failed.ts';
import type { OrderRequest, UpstreamClient } from './upstream-client.ts';
import type { Customer, Order } from './upstream-types.ts';

export interface Purchase {
  readonly sessionId: string;
  readonly seats: readonly string[];
  readonly customerRef: string;
  readonly customer: Customer;
  /** The shop's own name for it, another for each purchase. */
  readonly reference: string;
  readonly discountCode?: string;
}

export type Outcome =
  | { readonly result: 'sold'; readonly order: Order }
  /** Nothing is sold, and nobody is charged. */
  | { readonly result: 'refused'; readonly reason: string }
  /** The buyer is at the payment page. */
  | { readonly result: 'unpaid'; readonly redirectUrl: string }
  /** To be settled later; the customer is told that it is being looked into. */
  | { readonly result: 'unknown' };

export interface CheckoutSettings {
  /** How often an order is looked at before it is left for later. */
  readonly looks: number;
  readonly lookAgainMs: number;
}

export type Checkout = ReturnType<typeof createCheckout>;

export function createCheckout(upstream: UpstreamClient, { looks, lookAgainMs }: CheckoutSettings) {
  const buy = async (purchase: Purchase, payment: OrderRequest['payment'] = { method: 'seller' }): Promise<Outcome> => {
    const { sessionId, seats, customerRef, customer, reference: externalRef } = purchase;
    try {
      const reservation = await upstream.reserve(sessionId, seats, customerRef, `reserve-${externalRef}`);
      const off = await amountOff(purchase);
      const discount = off > 0 && purchase.discountCode ? { discountCode: purchase.discountCode } : {};
      const request = { reservationId: reservation.id, externalRef, customer, payment, ...discount };
      const order = await upstream.createOrder(request);
      if (order.amount !== reservation.amount - off) return await refuse(order, 'price_changed');
    } catch (error) {
      const { reason, code } = failureOf(error);
      if (reason === 'refused') return { result: 'refused', reason: code };
    }
    return settle(externalRef);
  };

  /** A code that cannot be checked costs the customer the discount, and not the seats. */
  const amountOff = async ({ discountCode: code, sessionId, seats, customerRef }: Purchase): Promise<number> => {
    if (code === undefined) return 0;
    try {
      const { valid, amountOff: off = 0 } = await upstream.discount({ code, sessionId, seats, customerRef });
      return valid ? off : 0;
    } catch (error) {
      failureOf(error);
      return 0;
    }
  };

  const refuse = async ({ id }: Order, reason: string): Promise<Outcome> => {
    await upstream.cancelOrder(id).catch(failureOf); // else it lapses
    return { result: 'refused', reason };
  };

  /** Brings a purchase to its end, and believes no answer but the order itself. May be called at any time, again and again. */
  const settle = async (reference: string): Promise<Outcome> => {
    let no: Failure | undefined;
    for (let look = 0; look < looks; look++) {
      if (look > 1) await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
      try {
        const order = await upstream.findOrder(reference);
        const outcome = outcomeOf(order);
        if (outcome) return outcome;
        if (no) return await refuse(order as Order, no.code);
        if (order?.status !== 'completing') await upstream.completeOrder((order as Order).id);
      } catch (error) {
        const failure = failureOf(error);
        if (failure.reason === 'refused') no = failure;
      }
    }
    return { result: 'unknown' };
  };

  return { buy, settle };
}

/** Undefined while it is not decided, and where it may be completed. */
function outcomeOf(order: Order | undefined): Outcome | undefined {
  switch (order?.status) {
    case undefined:
      return { result: 'refused', reason: 'not_ordered' };
    case 'completed':
      return { result: 'sold', order: order as Order };
    case 'pending_payment':
      return order?.payment.redirectUrl ? { result: 'unpaid', redirectUrl: order.payment.redirectUrl } : undefined;
    case 'paid':
    case 'completing':
      return undefined;
    default:
      return { result: 'refused', reason: order?.status ?? 'not_ordered' };
  }
}
