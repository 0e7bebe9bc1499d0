// Reservations made behind the sellers' backs, straight at the box office, for tests of what comes after.
import type { Reservation } from '../../src/box-office/reservation.ts';
import { HONEST } from '../../src/box-office/terms.ts';
import { probe, requestText, type Sight } from '../../src/doctor/probe.ts';
import type { OpenUpstream } from './open-upstream.ts';

/** What a request without a key is known by. */
export const NOBODY = 'anonymous';

let customers = 0;

/** A seat of the first session, held by whoever brings no key. */
export function reserved({ world }: OpenUpstream, sessionId = 's1'): Promise<Reservation> {
  const request = { client: NOBODY, sessionId, customerRef: `c-${++customers}`, bestAvailable: { count: 1 } };
  return world.boxOffice.reserve(request, HONEST);
}

/** Asks for one seat of the first session through a raw socket. */
export const askSeat = ({ port }: OpenUpstream, forMs: number): Promise<Sight> => {
  const body = JSON.stringify({ bestAvailable: { count: 1 }, customerRef: `c-${++customers}` });
  return probe({ port, request: requestText('POST', '/v1/sessions/s1/reservations', {}, body), forMs });
};
