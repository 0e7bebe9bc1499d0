// Reservations: seats held for a while, extended once, let go again.
import type { Reservation } from '../../box-office/reservation.ts';
import { type Subject, subjectOfReservation } from '../../box-office/subject.ts';
import { type Answer, about, json } from '../replies.ts';
import { reservationId, sessionId } from './ids.ts';
import { type Asked, defineOperation } from './operation.ts';
import { presentReservation } from './present.ts';
import { noBody, noQuery, reserveBody } from './requests.ts';
import { reservationShape } from './schemas.ts';

const shown = (reservation: Reservation): Answer =>
  about(json(200, JSON.stringify(presentReservation(reservation))), subjectOfReservation(reservation));

/** Of what has a reservation's id in its path. */
const ofReservation = ({ params }: Pick<Asked, 'params'>): Subject => ({ reservation: params.id });

export const reserveSeats = defineOperation({
  name: 'reserveSeats',
  method: 'POST',
  path: '/v1/sessions/{id}/reservations',
  summary: 'Reserves seats, all or none',
  params: { id: sessionId },
  query: noQuery,
  body: reserveBody,
  bodyRequired: true,
  answers: { 201: { summary: 'The seats are held until `expiresAt`.', shape: reservationShape } },
  refusals: [
    'access_code_required',
    'access_code_invalid',
    'not_found',
    'seat_unavailable',
    'not_on_sale',
    'limit_reached',
  ],
  about: ({ params, body }) => ({ session: params.id, customer: body?.customerRef }),
  async handler({ boxOffice, client, params, body, terms, base }) {
    const reservation = await boxOffice.reserve({ client, sessionId: params.id as string, ...body }, terms);
    const shownNow = JSON.stringify(presentReservation(reservation));
    return about(json(201, shownNow, `${base}/v1/reservations/${reservation.id}`), subjectOfReservation(reservation));
  },
});

export const getReservation = defineOperation({
  name: 'getReservation',
  method: 'GET',
  path: '/v1/reservations/{id}',
  summary: 'Shows a reservation of one’s own',
  params: { id: reservationId },
  query: noQuery,
  answers: { 200: { summary: 'The reservation.', shape: reservationShape } },
  refusals: ['not_found'],
  about: ofReservation,
  handler: async ({ boxOffice, client, params, terms }) =>
    shown(await boxOffice.reservation(client, params.id as string, terms)),
});

export const extendReservation = defineOperation({
  name: 'extendReservation',
  method: 'POST',
  path: '/v1/reservations/{id}/extend',
  summary: 'Gives a reservation its full time again, once',
  params: { id: reservationId },
  query: noQuery,
  body: noBody,
  answers: { 200: { summary: 'The reservation, with its new `expiresAt`.', shape: reservationShape } },
  refusals: ['not_found', 'limit_reached', 'reservation_already_ordered', 'reservation_expired'],
  about: ofReservation,
  handler: async ({ boxOffice, client, params, terms }) =>
    shown(await boxOffice.extend(client, params.id as string, terms)),
});

export const releaseReservation = defineOperation({
  name: 'releaseReservation',
  method: 'DELETE',
  path: '/v1/reservations/{id}',
  summary: 'Lets go of reserved seats',
  params: { id: reservationId },
  query: noQuery,
  answers: { 200: { summary: 'The reservation, released.', shape: reservationShape } },
  refusals: ['not_found', 'reservation_already_ordered', 'reservation_expired'],
  about: ofReservation,
  handler: async ({ boxOffice, client, params, terms }) =>
    shown(await boxOffice.release(client, params.id as string, terms)),
});
