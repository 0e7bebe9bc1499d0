// Money that comes for an order which has expired: its seats are taken again where they are free, or it is given back.
import { freeNow, giveUpClaims, type Settling } from '../inventory/settling.ts';
import type { Order } from '../order.ts';
import type { Reservation } from '../reservation.ts';
import { SEAT_CODE } from '../season/seat.ts';
import type { LedgerDraft } from '../state/ledger-draft.ts';
import { becomePaid, capture, oweRefund } from './money.ts';
import { PAYING_MS } from './payment.ts';

/** The order has expired with its payment, and what was sent before that comes now. */
export const isLate = ({ status, payment, expiresAt }: Order, sentAt: number): boolean =>
  status === 'expired' && payment.status === 'canceled' && sentAt < expiresAt;

/** What counts against limits and quotas for an order, claimed once more since it was given up. */
export interface ClaimedAgain {
  readonly film: string;
  readonly code?: string;
  giveBack(): void;
}

interface LateCapture {
  readonly order: Order;
  readonly settling: Settling;
  /** What stands for it against limits and quotas: what was never given up, what was claimed again, or nothing. */
  readonly claims: 'kept' | ClaimedAgain | undefined;
}

/** Takes the money; the order is paid where its seats could be taken again, and is refunded where not. */
export function captureLate(draft: LedgerDraft, at: number, { order, settling, claims }: LateCapture): Order {
  const { plan, startsAt, rules } = settling;
  const captured = capture(draft, at, order, { late: true });
  const reservation = draft.reservations.get(order.reservationId);
  const isFree = reservation && at < startsAt && freeNow(draft, plan.layout, reservation);
  if (rules.latePayment === 'reacquire' && isFree && claims)
    return becomePaid(draft, at, takeAgain(draft, at, { order: captured, reservation, settling, claims }));
  if (claims === 'kept' && reservation) giveUpClaims(draft, reservation, order);
  return oweRefund(draft, at, captured, rules.refundAfterMs);
}

interface TakingAgain extends LateCapture {
  readonly reservation: Reservation;
}

function takeAgain(draft: LedgerDraft, at: number, { order, reservation, settling, claims }: TakingAgain): Order {
  const { layout } = settling.plan;
  for (const seat of reservation.seats) draft.setSeat(layout.indexOf.get(seat) as number, SEAT_CODE.reserved);
  const expiresAt = at + PAYING_MS;
  draft.hold(reservation.id, expiresAt);
  const { sessionId, client } = order;
  const happened = { at, sessionId, client, reservationId: reservation.id, seats: reservation.seats };
  draft.tell({ kind: 'reserved', ...happened, expiresAt });
  if (draft.count(SEAT_CODE.free) === 0) draft.tell({ kind: 'sold_out', ...happened });
  if (typeof claims !== 'object') return { ...order, expiresAt };
  draft.reservations.set(reservation.id, { ...reservation, claimId: claims.film });
  const discount = order.discount && claims.code !== undefined && { ...order.discount, claimId: claims.code };
  return { ...order, expiresAt, ...(discount && { discount }) };
}
