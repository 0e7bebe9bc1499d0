// What a page shows of a payment: a plain value, made by whoever knows payment, order, session and clock.
import type { OrderStatus } from '../box-office/order.ts';
import type { Payment } from '../box-office/paying/payment.ts';
import type { Language } from './language.ts';
import type { Outcome, Trouble } from './words/words.ts';

export interface PaymentView {
  readonly language: Language;
  /** Where the page's forms are sent: path, or whole URL, of the page itself. */
  readonly actionUrl: string;
  readonly paymentId: string;
  readonly orderId: string;
  /** The shop's own name of the order. */
  readonly reference: string;
  readonly film: string;
  readonly venue: string;
  readonly hall: string;
  /** Epoch milliseconds. */
  readonly startsAt: number;
  /** As `C-7`. */
  readonly seats: readonly string[];
  /** Minor units. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly paymentStatus: Payment['status'];
  readonly orderStatus: OrderStatus;
  /** Real seconds, as a person counts them; undefined where no time runs. */
  readonly secondsLeft?: number;
  /** Of the attempt that the page's form would be. */
  readonly attempt: number;
  readonly triesLeft: number;
  /** What became of the attempt before. */
  readonly last?: Trouble;
  /** Whether the shop gave a place to return to. */
  readonly hasWayBack: boolean;
}

/** What an ended payment came to; undefined for one that has not ended. */
export function outcomeOf({ paymentStatus, orderStatus }: PaymentView): Outcome | undefined {
  if (paymentStatus === 'succeeded')
    return orderStatus === 'refund_pending' || orderStatus === 'refunded' ? orderStatus : 'succeeded';
  return paymentStatus === 'failed' || paymentStatus === 'canceled' || paymentStatus === 'refunded'
    ? paymentStatus
    : undefined;
}
