// Every expected no arrives as a problem document with its own code and status.
import { describe, expect, test } from 'vitest';
import { refuse } from '../../src/box-office/refusals.ts';
import { ClientNames } from '../../src/upstream/client-names.ts';
import { createClients } from '../../src/upstream/clients.ts';
import { order, reserve, TTL_MS, testUpstream } from '../support/upstream-app.ts';

const KEY = { 'idempotency-key': 'k' };
const asked = (seats: string[], more = {}) => ({ seats, customerRef: 'c', ...more });

describe('what cannot be had', () => {
  test('what does not exist is not found', async () => {
    const { ask } = testUpstream();
    for (const name of ['getSession', 'getSeatMap', 'getReservation', 'getOrder', 'releaseReservation'] as const)
      expect((await ask(name, { id: 'nothing' })).body.code).toBe('not_found');
    for (const name of ['extendReservation', 'cancelOrder', 'completeOrder'] as const)
      expect((await ask(name, { id: 'nothing', headers: KEY })).status).toBe(404);
  });

  test('what is another seller’s is not found', async () => {
    const { ask } = testUpstream();
    const { id } = await reserve(ask, ['B-1'], { 'x-api-key': 'seller-a' });
    const other = { 'x-api-key': 'seller-b' };
    expect((await ask('getReservation', { id, headers: other })).status).toBe(404);
    expect((await ask('getReservation', { id, headers: { authorization: 'Bearer seller-a' } })).status).toBe(200);
  });

  test('seats that are taken are named, and none is reserved', async () => {
    const { ask } = testUpstream();
    await reserve(ask, ['B-2']);
    const { status, body } = await ask('reserveSeats', { id: 's1', body: asked(['B-1', 'B-2']) });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'seat_unavailable', seats: ['B-2'] });
    await reserve(ask, ['B-1']);
  });

  test('a session that is not on sale sells nothing', async () => {
    const { ask } = testUpstream();
    expect((await ask('reserveSeats', { id: 's6', body: asked(['B-1']) })).body.code).toBe('not_on_sale');
  });

  test('a presale asks for a code, and for the right one', async () => {
    const { ask } = testUpstream();
    const without = await ask('reserveSeats', { id: 's5', body: asked(['B-1']) });
    expect([without.status, without.body.code]).toEqual([403, 'access_code_required']);
    const wrong = await ask('reserveSeats', { id: 's5', body: asked(['B-1'], { accessCode: 'GUESS' }) });
    expect([wrong.status, wrong.body.code]).toEqual([403, 'access_code_invalid']);
  });

  test('a customer cannot hold more than the limit', async () => {
    const { ask } = testUpstream();
    const body = asked(['B-1', 'B-2', 'B-3', 'B-4', 'B-5']);
    const { status, body: problem } = await ask('reserveSeats', { id: 's1', body });
    expect([status, problem.code]).toEqual([422, 'limit_reached']);
  });

  test('a seat that the hall does not have is a mistake of the request', async () => {
    const { ask } = testUpstream();
    const { status, body } = await ask('reserveSeats', { id: 's1', body: asked(['Z-99']) });
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ path: '', message: expect.stringContaining('Z-99') }]);
  });
});

describe('orders that cannot go on', () => {
  test('a reservation has one order', async () => {
    const { ask } = testUpstream();
    const first = await order(ask, ['B-1']);
    const { reservationId } = (await ask('getOrder', { id: first.id })).body;
    const body = {
      reservationId,
      customer: { name: 'A', phone: '0912' },
      externalRef: 'x',
      payment: { method: 'seller' },
    };
    expect((await ask('createOrder', { body })).body.code).toBe('reservation_already_ordered');
    expect((await ask('releaseReservation', { id: reservationId })).status).toBe(409);
  });

  test('a code that does not hold is refused with the order', async () => {
    const { ask } = testUpstream();
    const { id: reservationId } = await reserve(ask, ['B-1']);
    const customer = { name: 'A', phone: '0912' };
    const body = { reservationId, customer, externalRef: 'x', payment: { method: 'seller' }, discountCode: 'LASTYEAR' };
    const { status, body: problem } = await ask('createOrder', { body });
    expect([status, problem.code, problem.reason]).toEqual([422, 'discount_invalid', 'expired']);
  });

  test('payment by redirect needs a way back', async () => {
    const { ask } = testUpstream();
    const { id: reservationId } = await reserve(ask, ['B-1']);
    const payment = { method: 'redirect' };
    const body = { reservationId, customer: { name: 'A', phone: '0912' }, externalRef: 'x', payment };
    expect((await ask('createOrder', { body })).body.code).toBe('validation_failed');
  });

  test('a declined payment leaves the order waiting', async () => {
    const { ask } = testUpstream();
    const { id } = await order(ask, ['B-1']);
    const { status, body } = await ask('completeOrder', { id, headers: KEY, body: { paymentReference: 'decline-1' } });
    expect([status, body.code]).toEqual([402, 'payment_failed']);
    expect((await ask('getOrder', { id })).body.status).toBe('pending_payment');
  });

  test('an order is completed once', async () => {
    const { ask } = testUpstream();
    const { id } = await order(ask, ['B-1']);
    await ask('completeOrder', { id, headers: KEY });
    const again = await ask('completeOrder', { id, headers: { 'idempotency-key': 'another' } });
    expect([again.status, again.body.code]).toEqual([409, 'order_already_completed']);
  });

  test('after the time to live everything is gone', async () => {
    const { ask, clock } = testUpstream();
    const held = await reserve(ask, ['B-2']);
    const { id } = await order(ask, ['B-1']);
    await clock.advance(TTL_MS);
    expect((await ask('extendReservation', { id: held.id })).body.code).toBe('reservation_expired');
    expect((await ask('completeOrder', { id, headers: KEY })).status).toBe(410);
  });
});

describe('who is not known', () => {
  const clients = createClients(new ClientNames(new Map([['s3cret', 'seller-a']])));
  const { ask, http } = testUpstream({ clients });

  test('with listed keys, no key and a wrong key are unauthorized', async () => {
    const without = await ask('listSessions');
    expect([without.status, without.body.code]).toEqual([401, 'unauthorized']);
    expect(without.headers['www-authenticate']).toMatch(/^Bearer/);
    expect((await ask('listSessions', { headers: { 'x-api-key': 'guess' } })).status).toBe(401);
  });

  test('who is not authorized learns nothing of mistakes', async () => {
    expect((await ask('reserveSeats', { id: 's1', body: { nonsense: true } })).status).toBe(401);
  });

  test('a listed key is let in, in either header', async () => {
    expect((await ask('listSessions', { headers: { 'x-api-key': 's3cret' } })).status).toBe(200);
    expect((await ask('listSessions', { headers: { authorization: 'Bearer s3cret' } })).status).toBe(200);
  });

  test('the documentation is open to all', async () => {
    expect((await http.get('/openapi.json')).status).toBe(200);
  });
});

describe('what is our own fault', () => {
  const boom = (): never => {
    throw new TypeError('the password is swordfish');
  };

  test('a programmer’s error is a 500 that tells nothing, and is logged with its request', async () => {
    const heard: unknown[][] = [];
    const { ask } = testUpstream({ verbs: { session: boom }, failed: (...args) => heard.push(args) });
    const { status, body, text } = await ask('getSession', { id: 's1' });
    expect([status, body.code, body.retryable]).toEqual([500, 'internal', true]);
    expect(text).not.toContain('swordfish');
    expect(heard).toEqual([[expect.any(TypeError), body.requestId]]);
  });

  test('a log that fails changes nothing', async () => {
    const { ask } = testUpstream({ verbs: { session: boom }, failed: boom });
    expect((await ask('getSession', { id: 's1' })).status).toBe(500);
  });

  test('a refusal with facts shows them beside the problem’s own members', async () => {
    const reserve = () => Promise.reject(refuse('seat_unavailable', 'taken', { seats: ['C-7'] }));
    const { ask } = testUpstream({ verbs: { reserve } });
    const { body } = await ask('reserveSeats', { id: 's1', body: asked(['C-7']) });
    expect(body).toEqual({
      type: 'urn:showstopper:problem:seat_unavailable',
      title: 'Seat unavailable',
      status: 409,
      detail: 'taken',
      instance: '/v1/sessions/s1/reservations',
      code: 'seat_unavailable',
      retryable: false,
      requestId: 'q-1',
      seats: ['C-7'],
    });
  });
});
