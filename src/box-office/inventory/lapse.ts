// What ends a hold: a lapse at its moment, and whatever frees the seats of a reservation before.
import type { Order } from '../order.ts';
import type { Reservation } from '../reservation.ts';
import { type HallLayout, SEAT_CODE } from '../season/seat.ts';
import type { LedgerDraft } from '../state/ledger-draft.ts';

/** Ends every hold that is due, exactly at its moment: at `expiresAt` it is over. Concluded again, it finds nothing. */
export function lapse(draft: LedgerDraft, layout: HallLayout, now: number): void {
  if (now < draft.nextExpiry) return;
  let next = Number.POSITIVE_INFINITY;
  for (const [id, until] of [...draft.holds.entries()]) {
    if (until > now) next = Math.min(next, until);
    else expire(draft, layout, { id, until });
  }
  draft.nextExpiry = next;
}

function expire(draft: LedgerDraft, layout: HallLayout, { id, until }: { id: string; until: number }): void {
  const reservation = draft.reservations.get(id);
  if (!reservation) return;
  const order = draft.orders.get(draft.orderOf.get(id) ?? '');
  if (order)
    draft.orders.set(order.id, { ...order, status: 'expired', payment: { ...order.payment, status: 'canceled' } });
  else draft.reservations.set(id, { ...reservation, status: 'expired' });
  freeSeats(draft, layout, reservation, order);
  const { sessionId, client, seats, lost } = reservation;
  draft.tell({
    kind: 'lapsed',
    at: until,
    sessionId,
    client,
    reservationId: id,
    seats,
    ...(order && { orderId: order.id, externalRef: order.externalRef }),
    ...(lost && { lost }),
  });
}

/** Frees the seats of a reservation, ends its hold and gives up what was claimed for it and its order. */
export function freeSeats(
  draft: LedgerDraft,
  layout: HallLayout,
  reservation: Reservation,
  order: Order | undefined,
): void {
  const { id, seats, customerRef, claimId } = reservation;
  for (const seat of seats) {
    const index = layout.indexOf.get(seat);
    if (index !== undefined) draft.setSeat(index, SEAT_CODE.free);
  }
  draft.holds.delete(id);
  draft.giveUp({ of: 'film', customerRef, claimId });
  const use = order?.discount;
  if (use?.claimId !== undefined) draft.giveUp({ of: 'code', code: use.code, claimId: use.claimId });
}
