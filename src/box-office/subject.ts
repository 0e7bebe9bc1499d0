// What a call was about, by the ids of the box office and the seller's own names; of what is not known, nothing.
import type { Order } from './order.ts';
import type { Reservation } from './reservation.ts';

export interface Subject {
  readonly session?: string | undefined;
  readonly reservation?: string | undefined;
  readonly order?: string | undefined;
  /** The seller's own name for the order. */
  readonly externalRef?: string | undefined;
  /** The customer, as the seller knows them. */
  readonly customer?: string | undefined;
}

export const subjectOfOrder = ({ id, sessionId, reservationId, externalRef }: Order): Subject => ({
  session: sessionId,
  reservation: reservationId,
  order: id,
  externalRef,
});

export const subjectOfReservation = ({ id, sessionId }: Reservation): Subject => ({
  session: sessionId,
  reservation: id,
});
