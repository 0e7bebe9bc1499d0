// What is due in a session: holds that lapse, and what is to become of its orders later; each exactly at its moment.
import type { Order } from '../order.ts';
import { captureLate } from '../paying/late-payment.ts';
import { cancelPayment, oweRefund, refund } from '../paying/money.ts';
import type { Reservation } from '../reservation.ts';
import type { LedgerDraft } from '../state/ledger-draft.ts';
import { ticket } from '../ticketing.ts';
import { freeSeats, letSeatsGo, type Settling } from './settling.ts';

/** Settles all that is due: at `expiresAt` a hold is over. Concluded again, it finds nothing. */
export function lapse(draft: LedgerDraft, settling: Settling, now: number): void {
  while (now >= draft.nextExpiry) {
    draft.nextExpiry = Number.POSITIVE_INFINITY;
    for (const [id, until] of [...draft.holds.entries()]) {
      if (until > now) draft.nextExpiry = Math.min(draft.nextExpiry, until);
      else if (id.startsWith('o')) conclude(draft, settling, { id, until });
      else expire(draft, settling, { id, until });
    }
  }
}

interface Due {
  readonly id: string;
  /** Epoch ms of box-office time. */
  readonly until: number;
}

function expire(draft: LedgerDraft, settling: Settling, { id, until }: Due): void {
  const { layout } = settling.plan;
  const reservation = draft.reservations.get(id);
  if (!reservation) return;
  const order = draft.orders.get(draft.orderOf.get(id) ?? '');
  const { sessionId, client, seats, lost } = reservation;
  const isPaid = order?.status === 'paid';
  draft.tell({
    kind: 'lapsed',
    at: until,
    sessionId,
    client,
    reservationId: id,
    seats,
    ...(order && { orderId: order.id, externalRef: order.externalRef }),
    ...(isPaid && { paid: true as const }),
    ...(lost && { lost }),
  });
  if (!order) {
    draft.reservations.set(id, { ...reservation, status: 'expired' });
    freeSeats(draft, layout, reservation, undefined);
  } else if (isPaid) {
    freeSeats(draft, layout, reservation, order);
    oweRefund(draft, until, order, settling.rules.refundAfterMs);
  } else expireUnpaid(draft, settling, { order, reservation, until });
}

interface Unpaid {
  readonly order: Order;
  readonly reservation: Reservation;
  readonly until: number;
}

/** Where its money is still to come, what counts for it against limits stands until then. */
function expireUnpaid(draft: LedgerDraft, { plan }: Settling, { order, reservation, until }: Unpaid): void {
  const lateMs = order.payment.status === 'processing' ? order.payment.redirect?.lateMs : undefined;
  if (lateMs === undefined) {
    const payment = cancelPayment(draft, until, order);
    draft.orders.set(order.id, { ...order, status: 'expired', payment });
    freeSeats(draft, plan.layout, reservation, order);
  } else {
    draft.orders.set(order.id, { ...order, status: 'expired' });
    letSeatsGo(draft, plan.layout, reservation);
    draft.due(order.id, until + lateMs);
  }
}

/** What was put off for an order: a refund, its completion, or money that comes late. */
function conclude(draft: LedgerDraft, settling: Settling, { id, until }: Due): void {
  draft.holds.delete(id);
  const order = draft.orders.get(id);
  if (order?.status === 'refund_pending') refund(draft, until, order);
  else if (order?.status === 'completing') ticket(draft, until, settling, order);
  else if (order?.status === 'expired' && order.payment.status === 'processing')
    captureLate(draft, until, { order, settling, claims: 'kept' });
}
