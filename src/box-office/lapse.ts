// What lets go of seats: a hold that lapses, and every other way a reservation or an order ends.

import type { Order } from './order.ts';
import type { Reservation } from './reservation.ts';
import type { HallLayout } from './season/seat.ts';
import { SEAT_CODE } from './state/ledger.ts';
import type { LedgerDraft } from './state/ledger-draft.ts';

/** What an end gives back outside of its session: tickets to a customer's limit, a use to a code's quota. */
export interface Released {
  readonly customerRef: string;
  readonly tickets: number;
  readonly code?: string;
}

const NOTHING: readonly Released[] = Object.freeze([]);

/** Ends every hold that is due, exactly at its moment: at `expiresAt` it is over. */
export function lapse(draft: LedgerDraft, layout: HallLayout, now: number): readonly Released[] {
  if (now < draft.nextExpiry) return NOTHING;
  const given: Released[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (const [id, until] of [...draft.holds.entries()]) {
    if (until > now) next = Math.min(next, until);
    else given.push(...expire(draft, layout, id));
  }
  draft.nextExpiry = next;
  return given;
}

function expire(draft: LedgerDraft, layout: HallLayout, reservationId: string): Released[] {
  const reservation = draft.reservations.get(reservationId);
  if (!reservation) return [];
  const order = draft.orders.get(draft.orderOf.get(reservationId) ?? '');
  if (order)
    draft.orders.set(order.id, { ...order, status: 'expired', payment: { ...order.payment, status: 'canceled' } });
  else draft.reservations.set(reservationId, { ...reservation, status: 'expired' });
  return [releaseSeats(draft, layout, reservation, order)];
}

/** Frees the seats of a reservation and ends its hold. */
export function releaseSeats(
  draft: LedgerDraft,
  layout: HallLayout,
  reservation: Reservation,
  order: Order | undefined,
): Released {
  for (const seat of reservation.seats) {
    const index = layout.indexOf.get(seat);
    if (index !== undefined) draft.setSeat(index, SEAT_CODE.free);
  }
  draft.holds.delete(reservation.id);
  return {
    customerRef: reservation.customerRef,
    tickets: reservation.seats.length,
    ...(order?.discount && !order.discount.unclaimed && { code: order.discount.code }),
  };
}
