// What becomes of a reservation: read, held longer once, given up.
import type { BoxOfficeContext } from './context.ts';
import { heldUntil, noteHeld, ttlOf } from './hold-time.ts';
import { sessionOf } from './ids.ts';
import { freeSeats } from './inventory/settling.ts';
import { refuse } from './refusals.ts';
import type { Reservation } from './reservation.ts';
import type { LedgerDraft } from './state/ledger-draft.ts';
import type { HoldTerms } from './terms.ts';

/** An id as its client says it. */
interface Own {
  readonly client: string;
  readonly id: string;
}

export async function readReservation(
  { inventory }: BoxOfficeContext,
  client: string,
  id: string,
): Promise<Reservation> {
  return ownReservation(client, id, inventory.ledger(sessionOfReservation(id))?.reservations.get(id));
}

/** A second time is `limit_reached`; an ordered one is `reservation_already_ordered`, an ended one `reservation_expired`. */
export async function extend(context: BoxOfficeContext, own: Own, terms: HoldTerms): Promise<Reservation> {
  const { extended, since } = await changeOwn(context, own, (draft, now, reservation) => {
    const { id, client, sessionId, seats } = reservation;
    checkActive(reservation);
    if (reservation.extended)
      throw refuse('limit_reached', `Reservation ${id} was extended before; once is the limit.`, { limit: 1 });
    const expiresAt = now + ttlOf(context, terms);
    const extended: Reservation = { ...reservation, extended: true, expiresAt };
    draft.reservations.set(id, extended);
    draft.hold(id, heldUntil(now, expiresAt, terms));
    draft.tell({ kind: 'extended', at: now, sessionId, client, reservationId: id, seats, expiresAt });
    return { extended, since: now };
  });
  noteHeld(since, extended, terms);
  return extended;
}

/** Released before is no error: the second release finds what it wanted. */
export async function release(context: BoxOfficeContext, own: Own): Promise<Reservation> {
  const { layout } = context.inventory.plan(sessionOfReservation(own.id));
  return changeOwn(context, own, (draft, now, reservation) => {
    if (reservation.status === 'released') return reservation;
    checkActive(reservation);
    const { id, client, sessionId, seats } = reservation;
    const released: Reservation = { ...reservation, status: 'released' };
    freeSeats(draft, layout, reservation, undefined);
    draft.reservations.set(id, released);
    draft.tell({ kind: 'released', at: now, sessionId, client, reservationId: id, seats });
    return released;
  });
}

/** Refuses ids that are not the client's. */
function changeOwn<Result>(
  context: BoxOfficeContext,
  { client, id }: Own,
  step: (draft: LedgerDraft, now: number, reservation: Reservation) => Result,
): Promise<Result> {
  return context.change(sessionOfReservation(id), (draft, now) =>
    step(draft, now, ownReservation(client, id, draft.reservations.get(id))),
  );
}

/** The session in a reservation's id; what cannot be one is not found. */
export function sessionOfReservation(id: string): string {
  return sessionOf('r', id) ?? ownReservation('', id, undefined).sessionId;
}

/** Another client's is not found, as if it were not there; nor is a lost one. */
export function ownReservation(client: string, id: string, reservation: Reservation | undefined): Reservation {
  if (reservation?.client === client && !reservation.lost) return reservation;
  throw refuse('not_found', `There is no reservation "${id.slice(0, 80)}".`);
}

/** An active reservation passes; an ordered one and an ended one are told apart. */
export function checkActive({ id, status }: Reservation): void {
  if (status === 'active') return;
  if (status === 'consumed') throw refuse('reservation_already_ordered', `Reservation ${id} has an order already.`);
  throw refuse('reservation_expired', `Reservation ${id} is ${status}: its seats are no longer held.`);
}
