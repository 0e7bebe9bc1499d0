// An order as an auditor sees it: what came of it in seats and money, and nothing of its customer.
import type { Order, OrderStatus } from '../order.ts';
import { stands } from '../orders.ts';
import type { Payment } from '../paying/payment.ts';

/** Amounts are minor units. */
export interface AuditedOrder {
  readonly order: string;
  readonly client: string;
  /** The seller's own name for it; several orders may have it. */
  readonly externalRef: string;
  readonly session: string;
  readonly reservation: string;
  readonly status: OrderStatus;
  readonly seats: readonly string[];
  readonly amount: number;
  readonly currency: string;
  readonly method: Payment['method'];
  readonly payment: Payment['status'];
  /** Taken here; of a payment that the seller takes itself, nothing ever is. */
  readonly captured: number;
  readonly refunded: number;
  /** Epoch ms of box-office time. */
  readonly createdAt: number;
  /** Forgotten by a fault: its seller does not find it. */
  readonly lost: boolean;
}

export function auditedOrder(order: Order, seats: readonly string[]): AuditedOrder {
  const { id, client, externalRef, sessionId, reservationId, status, amount, currency, payment, createdAt } = order;
  const sum = (kind: 'capture' | 'refund'): number =>
    (payment.redirect?.money ?? []).reduce((total, row) => total + (row.kind === kind ? row.amount : 0), 0);
  return {
    ...{ order: id, client, externalRef, session: sessionId, reservation: reservationId, status, seats },
    ...{ amount, currency, method: payment.method, payment: payment.status, createdAt },
    ...{ captured: sum('capture'), refunded: sum('refund'), lost: order.lost === true },
  };
}

/** Tickets are out that let somebody in. */
export const isSold = ({ status }: Pick<AuditedOrder, 'status'>): boolean => status === 'completed';

/** Its seats are held, and no tickets are out. */
export const isHeld = (order: Pick<AuditedOrder, 'status'>): boolean => stands(order) && !isSold(order);

/**
 * What its buyer has paid and not got back, as far as is known here: what was captured and not refunded; of a payment
 * that its seller takes itself, the amount once it is completed, since completing says that the money is there.
 */
export const paidFor = (order: AuditedOrder): number =>
  order.method === 'redirect' ? order.captured - order.refunded : isSold(order) ? order.amount : 0;
