// What is true of all orders of one reference together.
import { type AuditedOrder, isHeld, isSold, paidFor } from './audited-order.ts';

/** Orders that are shown of one reference; sums are over all. */
export const MAX_SHOWN_ORDERS = 20;

/** Amounts are minor units. */
export interface Truth {
  readonly orders: number;
  /** With tickets that are out. */
  readonly completed: number;
  /** Seats held by orders without tickets. */
  readonly reserved: number;
  /** Seats with tickets. */
  readonly sold: number;
  /** Which they are, in order of the orders. */
  readonly soldSeats: readonly string[];
  /** What was paid, and not given back, for orders with tickets; see `paidFor`. */
  readonly amount: number;
  readonly captured: number;
  readonly refunded: number;
  /** What was paid, and not given back, for orders without tickets. */
  readonly stranded: number;
  /** The first ones, at most `MAX_SHOWN_ORDERS`. */
  readonly shown: readonly AuditedOrder[];
}

/** A truth that is filled in; one object a reference, since there may be as many as orders. */
export class GatheredTruth implements Truth {
  orders = 0;
  completed = 0;
  reserved = 0;
  sold = 0;
  soldSeats: string[] = [];
  amount = 0;
  captured = 0;
  refunded = 0;
  stranded = 0;
  shown: AuditedOrder[] = [];

  add(order: AuditedOrder): void {
    const seats = order.seats.length;
    this.orders++;
    this.captured += order.captured;
    this.refunded += order.refunded;
    if (isHeld(order)) this.reserved += seats;
    if (isSold(order)) {
      this.completed++;
      this.sold += seats;
      for (const seat of order.seats) this.soldSeats.push(seat);
      this.amount += paidFor(order);
    } else this.stranded += paidFor(order);
    if (this.shown.length < MAX_SHOWN_ORDERS) this.shown.push(order);
  }
}
