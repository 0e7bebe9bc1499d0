// Money of a redirect payment: taken, and given back; what the order and its payment become by it.
import { happenedToPayment } from '../facts.ts';
import type { Order } from '../order.ts';
import type { LedgerDraft } from '../state/ledger-draft.ts';
import type { MoneyRow } from './payment.ts';

/** What becomes of money that comes for an order that has expired: its seats again where they are free, or a refund. */
export const LATE_PAYMENTS = ['refund', 'reacquire'] as const;

export interface PaymentRules {
  /** From when an order is to be refunded until it is, box-office milliseconds. */
  readonly refundAfterMs: number;
  readonly latePayment: (typeof LATE_PAYMENTS)[number];
}

/** Takes the money of an order; what the order becomes is its caller's to say, and to write down. */
export function capture(
  draft: LedgerDraft,
  at: number,
  order: Order,
  how: { readonly late?: true; readonly surplus?: true } = {},
): Order {
  const { amount, currency, payment } = order;
  const surplus = how.surplus && { surplus: how.surplus };
  draft.tell({ kind: 'captured', ...happenedToPayment(order, draft.seatsOf(order), at), amount, currency, ...how });
  const row: MoneyRow = { kind: 'capture', at, amount, ...surplus };
  return { ...order, payment: withRow({ ...payment, status: 'succeeded' }, row) };
}

/** The money is there, and nothing stands against the order any more. */
export function becomePaid(draft: LedgerDraft, at: number, captured: Order): Order {
  const { amount, currency } = captured;
  const paid: Order = { ...captured, status: 'paid' };
  draft.orders.set(paid.id, paid);
  draft.tell({ kind: 'paid', ...happenedToPayment(paid, draft.seatsOf(paid), at), amount, currency });
  return paid;
}

/** An order whose money is to be given back, its seats being free: after a time, or at once. */
export function oweRefund(draft: LedgerDraft, at: number, order: Order, afterMs: number): Order {
  const { tickets, ...rest } = order; // they let nobody in any more
  for (const { barcode } of tickets ?? []) draft.barcodes.delete(barcode);
  const owed: Order = { ...rest, status: 'refund_pending' };
  if (afterMs <= 0) return refund(draft, at, owed);
  draft.orders.set(owed.id, owed);
  draft.due(owed.id, at + afterMs);
  return owed;
}

/** Gives the order's amount back; a seller's own money is only said to be. A surplus is nobody's to give back here. */
export function refund(draft: LedgerDraft, at: number, order: Order): Order {
  const { amount, currency } = order;
  const payment = withRow({ ...order.payment, status: 'refunded' }, { kind: 'refund', at, amount });
  const refunded: Order = { ...order, status: 'refunded', payment };
  draft.orders.set(refunded.id, refunded);
  draft.tell({ kind: 'refunded', ...happenedToPayment(refunded, draft.seatsOf(refunded), at), amount, currency });
  return refunded;
}

/** The payment of an order that ends unpaid. */
export function cancelPayment(draft: LedgerDraft, at: number, order: Order): Order['payment'] {
  const { payment } = order;
  if (payment.status === 'failed') return payment;
  if (payment.redirect) draft.tell({ kind: 'payment_canceled', ...happenedToPayment(order, draft.seatsOf(order), at) });
  return { ...payment, status: 'canceled' };
}

function withRow(payment: Order['payment'], row: MoneyRow): Order['payment'] {
  const { redirect } = payment;
  return redirect ? { ...payment, redirect: { ...redirect, money: [...redirect.money, row] } } : payment;
}

/** What was taken and not given back, in minor units. */
export function heldMoney({ payment: { redirect } }: Order): number {
  return (redirect?.money ?? []).reduce((sum, { kind, amount }) => sum + (kind === 'capture' ? amount : -amount), 0);
}
