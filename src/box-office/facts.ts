// What happened in a box office, told on its topic once it is laid down: once each, whoever concluded it.
// A dry run tells nothing, and neither does a step that is run again or refused. That a fault made a flow forgotten is
// no fact, since nothing became of its seats; that they lapse later is one, marked `lost`: no seller could ask for it.
import type { Order } from './order.ts';

interface Happened {
  /** Epoch ms of box-office time; of a lapse the moment it was due, however late it was concluded. */
  readonly at: number;
  readonly sessionId: string;
  /** The seller whose reservation it is. */
  readonly client: string;
  readonly reservationId: string;
  readonly seats: readonly string[];
}

interface HappenedToOrder extends Happened {
  readonly orderId: string;
  /** The seller's own name for the order. */
  readonly externalRef: string;
}

interface HappenedToPayment extends HappenedToOrder {
  readonly paymentId: string;
}

export type Fact =
  /** Seats are held until `expiresAt`, as it was told. */
  | (Happened & { readonly kind: 'reserved'; readonly expiresAt: number })
  | (Happened & { readonly kind: 'extended'; readonly expiresAt: number })
  | (Happened & { readonly kind: 'released' })
  /**
   * A reservation was not ordered in time, or its order not completed: with an order's id, the order expired, or, where
   * it was `paid`, its money is to be given back.
   */
  | (Happened & {
      readonly kind: 'lapsed';
      readonly orderId?: string;
      readonly externalRef?: string;
      readonly paid?: true;
      readonly lost?: true;
    })
  | (HappenedToOrder & { readonly kind: 'ordered'; readonly amount: number; readonly currency: string })
  | (HappenedToOrder & { readonly kind: 'completed'; readonly amount: number; readonly currency: string })
  /** It will be completed later, without being asked again, or when it is asked again. */
  | (HappenedToOrder & { readonly kind: 'completing' })
  /** `refunded`: it was paid or completed before. */
  | (HappenedToOrder & { readonly kind: 'canceled'; readonly refunded: boolean })
  /** Money of a customer was taken; `surplus`: again, for nothing; `late`: after the order had expired. */
  | (HappenedToPayment & {
      readonly kind: 'captured';
      readonly amount: number;
      readonly currency: string;
      readonly surplus?: true;
      readonly late?: true;
    })
  /** The order is paid, and waits to be completed. */
  | (HappenedToPayment & { readonly kind: 'paid'; readonly amount: number; readonly currency: string })
  | (HappenedToPayment & { readonly kind: 'payment_failed' })
  | (HappenedToPayment & { readonly kind: 'payment_canceled' })
  /** Money was given back, and the order is over; of a seller's own money, that it is to give it back. */
  | (HappenedToPayment & { readonly kind: 'refunded'; readonly amount: number; readonly currency: string })
  /** Told of the reservation that took the last seats; seats that come free again make it possible once more. */
  | (Happened & { readonly kind: 'sold_out' });

export type FactKind = Fact['kind'];

/** What every fact about an order says. */
export function happenedTo(order: Order, seats: readonly string[], at: number) {
  const { sessionId, client, reservationId, id: orderId, externalRef } = order;
  return { at, sessionId, client, reservationId, seats, orderId, externalRef };
}

/** What every fact about a payment says. */
export const happenedToPayment = (order: Order, seats: readonly string[], at: number) => ({
  ...happenedTo(order, seats, at),
  paymentId: order.payment.id,
});
