// An order: a reservation on its way to being paid and ticketed.
import type { Money } from './money.ts';
import type { Payment } from './paying/payment.ts';

export const ORDER_STATUSES = [
  'pending_payment',
  'paid',
  'completing',
  'completed',
  'expired',
  'canceled',
  'refund_pending',
  'refunded',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export interface Customer {
  readonly name: string;
  readonly phone: string;
  readonly email?: string;
}

export interface Ticket {
  readonly seat: string;
  /** EAN-13. */
  readonly barcode: string;
}

/** Times are epoch milliseconds of box-office time; `amount` is what is to be paid, after any discount. */
export interface Order extends Money {
  readonly id: string;
  readonly client: string;
  readonly externalRef: string;
  readonly sessionId: string;
  readonly reservationId: string;
  readonly status: OrderStatus;
  /** `claimId`: the use of a code that has a quota; a discount without one counts against nothing. */
  readonly discount?: { readonly code: string; readonly amountOff: number; readonly claimId?: string };
  readonly payment: Payment;
  readonly customer: Customer;
  readonly tickets?: readonly Ticket[];
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Forgotten by a fault: its seats are held, and nobody finds it. */
  readonly lost?: true;
}

/** How the customer is to pay; a redirect needs both URLs. */
export interface RequestedPayment {
  readonly method: Payment['method'];
  readonly returnUrl?: string;
  /** What stands before the path of the payment page. */
  readonly pageBase?: string;
}

export interface OrderRequest {
  readonly client: string;
  readonly reservationId: string;
  readonly customer: Customer;
  readonly externalRef: string;
  readonly discountCode?: string;
  readonly payment: RequestedPayment;
}
