// What it takes to settle a session, and how seats and claims come free.
import type { Order } from '../order.ts';
import type { PaymentRules } from '../paying/money.ts';
import type { Reservation } from '../reservation.ts';
import { type HallLayout, SEAT_CODE } from '../season/seat.ts';
import type { SessionPlan } from '../season/session.ts';
import type { LedgerDraft } from '../state/ledger-draft.ts';

/** What a step on a session needs to know of it and of its box office. */
export interface Settling {
  readonly plan: SessionPlan;
  /** Of the session in its season. */
  readonly position: number;
  /** Epoch ms of box-office time. */
  readonly startsAt: number;
  /** Decides barcodes. */
  readonly seed: number;
  readonly rules: PaymentRules;
}

/** Frees the seats of a reservation, ends its hold and gives up what was claimed for it and its order. */
export function freeSeats(
  draft: LedgerDraft,
  layout: HallLayout,
  reservation: Reservation,
  order: Order | undefined,
): void {
  letSeatsGo(draft, layout, reservation);
  giveUpClaims(draft, reservation, order);
}

/** Frees the seats of a reservation and ends its hold; what was claimed for it stands. */
export function letSeatsGo(draft: LedgerDraft, layout: HallLayout, { id, seats }: Reservation): void {
  for (const seat of seats) {
    const index = layout.indexOf.get(seat);
    if (index !== undefined) draft.setSeat(index, SEAT_CODE.free);
  }
  draft.holds.delete(id);
}

export function giveUpClaims(
  draft: LedgerDraft,
  { customerRef, claimId }: Reservation,
  order: Pick<Order, 'discount'> | undefined,
): void {
  draft.giveUp({ of: 'film', customerRef, claimId });
  const use = order?.discount;
  if (use?.claimId !== undefined) draft.giveUp({ of: 'code', code: use.code, claimId: use.claimId });
}

export const freeNow = (draft: LedgerDraft, layout: HallLayout, { seats }: Reservation): boolean =>
  seats.every((seat) => draft.seat(layout.indexOf.get(seat) ?? -1) === SEAT_CODE.free);
