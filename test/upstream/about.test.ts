// What an exchange's entry says of its subject and its answer: with faults and without, and of no person anything.
import { describe, expect } from 'vitest';
import { probe, requestText } from '../../src/doctor/probe.ts';
import type { About } from '../../src/journal/about.ts';
import type { OpenUpstream } from '../support/open-upstream.ts';
import { type Asked, ask } from '../support/seller.ts';
import { test } from '../support/upstream-test.ts';

const RESERVE = { seats: ['B-1'], customerRef: '09121112233' };
const ORDER = {
  customer: { name: 'Ada Lovelace', phone: '09121112233' },
  externalRef: 'ct-1',
  payment: { method: 'seller' },
};

const post = (
  { url }: OpenUpstream,
  path: string,
  json: object,
  headers: Record<string, string> = {},
): Promise<Asked> => ask(`${url}/v1${path}`, { method: 'POST', json, headers });

function aboutNewest({ world }: OpenUpstream): About | null {
  const [entry] = world.journal.query({ kind: 'exchange', limit: 1 }).data;
  return entry?.about ?? null;
}

/** A reservation and its order, made without faults. */
async function ordered(upstream: OpenUpstream) {
  const { body: reservation } = await post(upstream, '/sessions/s1/reservations', RESERVE);
  const { body: order } = await post(upstream, '/orders', { ...ORDER, reservationId: reservation.id });
  return { reservation: reservation.id as string, order: order.id as string };
}

describe('without faults', () => {
  test('a read says nothing that its URL does not', async ({ upstream }) => {
    await ask(`${upstream.url}/v1/sessions`);
    expect(aboutNewest(upstream)).toBeNull();
    await ask(`${upstream.url}/v1/sessions/s1/seat-map`);
    expect(aboutNewest(upstream)).toBeNull();
    const inSession = upstream.world.journal.query({ session: 's1', limit: 9 }).data;
    expect(inSession).toMatchObject([{ operation: 'getSeatMap' }]);
  });

  test('a purchase is told step by step, by ids and by the same pseudonyms', async ({ upstream }) => {
    const { body: reservation } = await post(upstream, '/sessions/s1/reservations', RESERVE);
    const reserved = aboutNewest(upstream);
    expect(reserved).toMatchObject({ session: 's1', reservation: reservation.id, order: null, externalRef: null });
    const { body: order } = await post(upstream, '/orders', { ...ORDER, reservationId: reservation.id });
    const about = aboutNewest(upstream);
    expect(about).toMatchObject({ session: 's1', reservation: reservation.id, order: order.id, code: null });
    expect(about?.customer).toBe(reserved?.customer);
    await post(upstream, `/orders/${order.id}/complete`, {}, { 'Idempotency-Key': 'k' });
    const ids = { session: 's1', reservation: reservation.id, order: order.id, externalRef: about?.externalRef };
    expect(aboutNewest(upstream)).toMatchObject(ids);
    await ask(`${upstream.url}/v1/orders/${order.id}`);
    expect(aboutNewest(upstream)).toMatchObject({ ...ids, fingerprint: null });
    await ask(`${upstream.url}/v1/orders?externalRef=ct-1`);
    expect(aboutNewest(upstream)).toMatchObject(ids);
    await ask(`${upstream.url}/v1/reservations/${reservation.id}`);
    expect(aboutNewest(upstream)).toMatchObject({ session: 's1', reservation: reservation.id });
    const about1 = upstream.world.journal.query({ order: order.id, limit: 9 }).data;
    expect(about1.map((entry) => entry.kind === 'exchange' && entry.operation)).toEqual([
      ...['findOrders', 'getOrder', 'completeOrder', 'createOrder'],
    ]);
    const told = upstream.world.journal.query({ kind: 'event', order: order.id, limit: 9 }).data;
    expect(told.map(({ happened }) => happened)).toEqual(expect.arrayContaining(['ordered', 'completed']));
    for (const event of told)
      expect(event).toMatchObject({ externalRef: about?.externalRef, seats: 1, reservation: reservation.id });
    expect(told.find(({ happened }) => happened === 'ordered')?.amount).toBe(order.amount);
  });

  test('two requests have one fingerprint if method, URL and body are the same, and only then', async ({
    upstream,
  }) => {
    const fingerprints: (string | null | undefined)[] = [];
    for (const [path, body] of [
      ['/sessions/s1/reservations', RESERVE],
      ['/sessions/s1/reservations', RESERVE],
      ['/sessions/s2/reservations', RESERVE],
      ['/sessions/s1/reservations', { ...RESERVE, customerRef: '09121112234' }],
    ] as const) {
      await post(upstream, path, body);
      fingerprints.push(aboutNewest(upstream)?.fingerprint);
    }
    const [first, again, ...others] = fingerprints;
    expect(first).toMatch(/^[0-9a-v]{12}$/);
    expect(again).toBe(first);
    expect(new Set([first, ...others]).size).toBe(3);
  });

  test('what is refused says why, and what it named', async ({ upstream }) => {
    const { reservation, order } = await ordered(upstream);
    await post(upstream, '/orders', { ...ORDER, reservationId: reservation });
    const again = { code: 'reservation_already_ordered', session: 's1', reservation, order: null };
    expect(aboutNewest(upstream)).toMatchObject(again);
    expect(aboutNewest(upstream)?.externalRef).not.toBeNull();
    await post(upstream, `/orders/${order}/complete`, {});
    expect(aboutNewest(upstream)).toMatchObject({ code: 'idempotency_key_missing', session: 's1', order });
    await post(upstream, '/sessions/s1/reservations', { seats: 7 });
    expect(aboutNewest(upstream)).toMatchObject({ code: 'validation_failed', session: 's1', customer: null });
    await ask(`${upstream.url}/v1/orders/nothing`);
    expect(aboutNewest(upstream)).toMatchObject({ code: 'not_found', session: null, order: 'nothing' });
    await ask(`${upstream.url}/v1/nowhere`);
    expect(aboutNewest(upstream)).toMatchObject({ code: 'not_found', order: null });
  });

  test('an answer that is given again says so, and what it was about', async ({ upstream }) => {
    const headers = { 'Idempotency-Key': 'k' };
    const { body } = await post(upstream, '/sessions/s1/reservations', RESERVE, headers);
    const first = aboutNewest(upstream);
    expect(first).toMatchObject({ isReplay: false, reservation: body.id });
    await post(upstream, '/sessions/s1/reservations', RESERVE, headers);
    expect(aboutNewest(upstream)).toEqual({ ...first, isReplay: true });
  });

  test('a head says that it is conditional, and which operation of its client it belongs to', async ({ upstream }) => {
    const map = `${upstream.url}/v1/sessions/s1/seat-map`;
    const { headers } = await ask(map);
    await ask(map, { headers: { 'If-None-Match': headers.get('etag') ?? '' } });
    expect(aboutNewest(upstream)).toMatchObject({ isConditional: true, invocation: null, code: null });
    await ask(map, { headers: { 'X-Invocation-Id': 'mine' } });
    expect(aboutNewest(upstream)).toMatchObject({ isConditional: false, invocation: 'mine' });
    await ask(map, { headers: { 'amz-sdk-invocation-id': 'sdk' } });
    expect(aboutNewest(upstream)).toMatchObject({ invocation: 'sdk' });
  });

  test('a payment’s page is about its order', async ({ upstream }) => {
    const { body: reservation } = await post(upstream, '/sessions/s1/reservations', RESERVE);
    const payment = { method: 'redirect', returnUrl: 'http://shop.test/return' };
    const { body: order } = await post(upstream, '/orders', { ...ORDER, reservationId: reservation.id, payment });
    expect((await ask(order.payment.redirectUrl)).status).toBe(200);
    const about = { session: 's1', order: order.id, isWrongType: false };
    expect(aboutNewest(upstream)).toMatchObject(about);
    await fetch(order.payment.redirectUrl, {
      method: 'POST',
      body: new URLSearchParams({ leave: '' }),
      redirect: 'manual',
    });
    expect(aboutNewest(upstream)).toMatchObject(about);
  });
});

describe('with faults', () => {
  test('a lost answer keeps what it was about', async ({ upstream }) => {
    const { reservation, order } = await ordered(upstream);
    upstream.arm({ fault: 'lost-reply' });
    const { body: other } = await post(upstream, '/sessions/s1/reservations', { ...RESERVE, seats: ['B-2'] }).catch(
      () => ({ body: null }),
    );
    expect(other).toBeNull();
    const [reserved] = upstream.world.journal.query({ kind: 'event', limit: 1 }).data;
    expect(aboutNewest(upstream)).toMatchObject({ reservation: reserved?.reservation, session: 's1', code: null });
    await expect(post(upstream, `/orders/${order}/complete`, {}, { 'Idempotency-Key': 'k' })).rejects.toThrow();
    expect(aboutNewest(upstream)).toMatchObject({ reservation, order, session: 's1', code: null });
    const [entry] = upstream.world.journal.query({ kind: 'exchange', limit: 1 }).data;
    expect([entry?.status, entry?.workedAt]).toEqual([null, expect.any(Number)]);
  });

  test('what never came to its work has said what it named', async ({ upstream }) => {
    const { reservation, order } = await ordered(upstream);
    const named = aboutNewest(upstream);
    upstream.arm({ fault: 'error-status' });
    await post(upstream, '/orders', { ...ORDER, reservationId: reservation });
    expect(aboutNewest(upstream)).toEqual({ ...named, order: null, code: 'overloaded' });
    await upstream.heal();
    upstream.arm({ fault: 'hang' });
    const asked = post(upstream, `/orders/${order}/cancel`, {}).catch(() => undefined);
    await expect.poll(() => aboutNewest(upstream)?.order).toBe(order);
    await upstream.heal();
    await asked;
    expect(aboutNewest(upstream)).toMatchObject({ order, session: 's1', code: null });
  });

  test('an answer in the place of the true one is told as it went out', async ({ upstream }) => {
    const { order } = await ordered(upstream);
    const url = `${upstream.url}/v1/orders/${order}`;
    upstream.arm({ fault: 'error-status', with: { status: 429, retryAfter: '7s' } });
    await ask(url);
    expect(aboutNewest(upstream)).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 7000,
      order,
      isWrongType: false,
    });
    await upstream.heal();
    upstream.arm({ fault: 'error-status', with: { retryAfter: '90s', retryAfterForm: 'date' } });
    await ask(`${upstream.url}/v1/sessions`);
    const { code, retryAfterMs } = aboutNewest(upstream) ?? {};
    expect(code).toBe('overloaded');
    expect(retryAfterMs).toBeGreaterThan(60_000);
    expect(retryAfterMs).toBeLessThanOrEqual(91_000);
    await upstream.heal();
    upstream.arm({ fault: 'maintenance', with: { page: '<h1>Back at noon</h1>' } });
    await ask(`${upstream.url}/v1/sessions`);
    expect(aboutNewest(upstream)).toMatchObject({ code: null, retryAfterMs: 600_000, isWrongType: true });
    await upstream.heal();
    upstream.arm({ fault: 'error-in-200' });
    await ask(url);
    expect(aboutNewest(upstream)).toMatchObject({ code: 'internal', order, isWrongType: false });
    await upstream.heal();
    upstream.arm({ fault: 'wrong-content-type' });
    await ask(url);
    expect(aboutNewest(upstream)).toMatchObject({ code: null, order, isWrongType: true });
  });

  test('half of a problem document has no code, and an answer of which nothing goes out says nothing', async ({
    upstream,
  }) => {
    upstream.arm({ fault: 'truncated-body' });
    await probe({ port: upstream.port, request: requestText('GET', '/v1/orders/nothing'), forMs: 30_000 });
    expect(aboutNewest(upstream)).toMatchObject({ order: 'nothing', code: null });
    await upstream.heal();
    upstream.arm({ fault: 'lost-reply' });
    await probe({ port: upstream.port, request: requestText('GET', '/v1/orders/nothing'), forMs: 30_000 });
    expect(aboutNewest(upstream)).toMatchObject({ order: 'nothing', code: null });
  });

  test('an answer given again is no replay when another goes out in its place', async ({ upstream }) => {
    const headers = { 'Idempotency-Key': 'k' };
    const { body } = await post(upstream, '/sessions/s1/reservations', RESERVE, headers);
    upstream.arm({ fault: 'failed-after-work' });
    await post(upstream, '/sessions/s1/reservations', RESERVE, headers);
    expect(aboutNewest(upstream)).toMatchObject({ isReplay: false, reservation: body.id, code: expect.any(String) });
  });
});
