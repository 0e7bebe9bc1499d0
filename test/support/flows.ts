// Reservations and orders made behind the sellers' backs, straight at the box office, for tests of what comes after.
import type { Order } from '../../src/box-office/order.ts';
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

const RETURN_URL = 'http://shop.test/back';

/** An order of such a seat. */
export async function ordered(upstream: OpenUpstream, method: 'seller' | 'redirect'): Promise<Order> {
  const { id: reservationId } = await reserved(upstream);
  const request = { client: NOBODY, reservationId, externalRef: 'r', customer: { name: 'Ada', phone: '0912' } };
  return upstream.world.boxOffice.createOrder({ ...request, payment: { method, returnUrl: RETURN_URL } }, HONEST);
}

/** An order by redirect that is paid. */
export async function paid(upstream: OpenUpstream): Promise<Order> {
  const { boxOffice } = upstream.world;
  const { payment } = await ordered(upstream, 'redirect');
  const attempt = { id: payment.id, attempt: 1, card: 'succeeds', sentAt: boxOffice.now() } as const;
  return (await boxOffice.payByCard(attempt, HONEST)).order;
}

/** Completes an order through a raw socket. */
export function askCompletion({ port }: OpenUpstream, forMs: number, { id }: Order, key = 'k'): Promise<Sight> {
  const request = requestText('POST', `/v1/orders/${id}/complete`, { 'Idempotency-Key': key }, '{}');
  return probe({ port, request, forMs });
}

/** Sends a card from an order's payment page, through a raw socket. */
export function askCard({ port }: OpenUpstream, forMs: number, { payment }: Order, card = 'succeeds'): Promise<Sight> {
  const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const request = requestText('POST', payment.redirect?.url ?? '', type, `attempt=1&card=${card}`);
  return probe({ port, request, forMs });
}
