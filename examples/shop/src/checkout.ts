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
    let price: number | undefined;
    try {
      const reservation = await upstream.reserve(sessionId, seats, customerRef, `reserve-${externalRef}`);
      const off = await amountOff(purchase);
      price = reservation.amount - off;
      const discount = off > 0 && purchase.discountCode ? { discountCode: purchase.discountCode } : {};
      await upstream.createOrder({ reservationId: reservation.id, externalRef, customer, payment, ...discount });
    } catch (error) {
      const { reason, code } = failureOf(error);
      if (price === undefined || reason === 'refused') return { result: 'refused', reason: code };
    }
    return settle(externalRef, price);
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

  /**
   * Brings a purchase to its end, and believes no answer but the order itself. May be called at any time, again and again.
   * Nothing is completed for another price than the one given.
   */
  const settle = async (reference: string, price?: number): Promise<Outcome> => {
    let no: Failure | undefined;
    for (let look = 0; look < looks; look++) {
      if (look > 1) await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
      try {
        const order = await upstream.findOrder(reference);
        if (!order) return { result: 'refused', reason: 'not_ordered' };
        const outcome = outcomeOf(order);
        if (outcome) return outcome;
        if (no) return await refuse(order, no.code);
        if (price !== undefined && order.amount !== price) return await refuse(order, 'price_changed');
        if (order.status !== 'completing') no = await noTo(upstream.completeOrder(order.id));
      } catch (error) {
        failureOf(error); // it is looked at again
      }
    }
    return { result: 'unknown' };
  };

  return { buy, settle };
}

/** A definite no, which yet leaves open what an earlier try has done. */
async function noTo(call: Promise<unknown>): Promise<Failure | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    const failure = failureOf(error);
    return failure.reason === 'refused' ? failure : undefined;
  }
}

/** Undefined while it is not decided, and where it may be completed. */
function outcomeOf(order: Order): Outcome | undefined {
  const { status, payment } = order;
  switch (status) {
    case 'completed':
      return { result: 'sold', order };
    case 'pending_payment':
      return payment.redirectUrl ? { result: 'unpaid', redirectUrl: payment.redirectUrl } : undefined;
    case 'paid':
    case 'completing':
      return undefined;
    default:
      return { result: 'refused', reason: status };
  }
}
