// Every operation does its work, and answers in its documented shape to the letter.
import { describe, expect, test } from 'vitest';
import { paymentIdOf } from '../../src/box-office/paying/payment.ts';
import { OPERATION_NAMES } from '../../src/upstream/operations/operations.ts';
import { MANUAL_EPOCH_MS } from '../support/manual-clock.ts';
import { CUSTOMER, order, reserve, TTL_MS, testUpstream } from '../support/upstream-app.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

test('the table has the operations of the contract', () => {
  expect(OPERATION_NAMES.toSorted()).toEqual([
    'cancelOrder',
    'completeOrder',
    'createOrder',
    'extendReservation',
    'findOrders',
    'getHealth',
    'getOrder',
    'getReservation',
    'getSeatMap',
    'getSession',
    'listSessions',
    'pollWaitingRoom',
    'releaseReservation',
    'reserveSeats',
    'validateDiscount',
  ]);
});

describe('reading', () => {
  const { ask, boxOffice } = testUpstream();

  test('health says ok', async () => {
    expect((await ask('getHealth')).body).toEqual({ status: 'ok' });
  });

  test('a session is shown with all its parts and times in UTC', async () => {
    const { body, headers } = await ask('getSession', { id: 's5' });
    expect(body).toEqual({
      id: 's5',
      film: { id: 'glass-orchard', title: 'The Glass Orchard' },
      venue: { id: 'lumen', name: 'Lumen' },
      hall: { id: 'lumen-1', name: 'Hall 1' },
      startsAt: iso(boxOffice.session('s5').startsAt),
      onSaleAt: iso(MANUAL_EPOCH_MS + 86_400_000),
      presaleAt: iso(MANUAL_EPOCH_MS),
      status: 'presale',
      prices: boxOffice.session('s5').plan.prices,
      available: boxOffice.session('s5').available,
    });
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
  });

  test('a session that has no presale shows none', async () => {
    expect((await ask('getSession', { id: 's1' })).body).not.toHaveProperty('presaleAt');
  });

  test('a list shows its sessions as they are shown one by one', async () => {
    const { body } = await ask('listSessions');
    expect(body.nextCursor).toBeNull();
    expect(body.data).toHaveLength(6);
    for (const session of body.data) expect((await ask('getSession', { id: session.id })).body).toEqual(session);
  });

  test('a seat map shows every seat of the hall in its row', async () => {
    const { body } = await ask('getSeatMap', { id: 's1' });
    const { layout } = boxOffice.session('s1').plan;
    const seats = body.rows.flatMap((row: { seats: object[] }) => row.seats);
    expect(seats.map(({ id }: { id: string }) => id)).toEqual(layout.places.map(({ id }) => id));
    for (const { row, seats } of body.rows) for (const seat of seats) expect(seat.row).toBe(row);
  });
});

describe('reserving', () => {
  test('named seats are held until the time to live is over', async () => {
    const { ask } = testUpstream();
    const { body, headers } = await ask('reserveSeats', {
      id: 's1',
      body: { seats: ['B-1', 'B-2'], customerRef: 'c' },
    });
    expect(body).toMatchObject({ sessionId: 's1', seats: ['B-1', 'B-2'], status: 'active', currency: 'IRR' });
    expect(body).toMatchObject({ createdAt: iso(MANUAL_EPOCH_MS), expiresAt: iso(MANUAL_EPOCH_MS + TTL_MS) });
    expect(headers.location).toBe(`/v1/reservations/${body.id}`);
    expect((await ask('getReservation', { id: body.id })).body).toEqual(body);
  });

  test('the best seats are found for whoever names none', async () => {
    const { ask } = testUpstream();
    const bestAvailable = { count: 3, category: 'standard' };
    const { body } = await ask('reserveSeats', { id: 's1', body: { bestAvailable, customerRef: 'c' } });
    expect(body.seats).toHaveLength(3);
  });

  test('an access code opens the presale', async () => {
    const { ask } = testUpstream();
    const body = { seats: ['B-1'], customerRef: 'c', accessCode: 'PRESALE' };
    expect((await ask('reserveSeats', { id: 's5', body })).status).toBe(201);
  });

  test('an extension gives the full time again', async () => {
    const { ask, clock } = testUpstream();
    const { id } = await reserve(ask, ['B-1']);
    await clock.advance(60_000);
    const { body } = await ask('extendReservation', { id });
    expect(body.expiresAt).toBe(iso(MANUAL_EPOCH_MS + 60_000 + TTL_MS));
  });

  test('a release frees the seats', async () => {
    const { ask } = testUpstream();
    const { id } = await reserve(ask, ['B-1']);
    expect((await ask('releaseReservation', { id })).body.status).toBe('released');
    await reserve(ask, ['B-1']);
  });
});

describe('ordering', () => {
  test('an order shows what is to be paid, and no customer', async () => {
    const { ask } = testUpstream();
    const { id: reservationId } = await reserve(ask, ['B-1', 'B-2']);
    const request = { reservationId, customer: { ...CUSTOMER, email: 'ada@example.org' }, externalRef: 'ct-1' };
    const body = { ...request, discountCode: 'FESTIVAL20', payment: { method: 'seller' } };
    const created = await ask('createOrder', { body });
    expect(created.headers.location).toBe(`/v1/orders/${created.body.id}`);
    expect(created.body).toMatchObject({ externalRef: 'ct-1', reservationId, status: 'pending_payment' });
    expect(created.body.discount).toEqual({ code: 'FESTIVAL20', amountOff: 8_000_000 });
    expect(created.body.payment).toEqual({ id: paymentIdOf(created.body.id), method: 'seller', status: 'created' });
    expect(created.body.amount).toBe(32_000_000);
    expect((await ask('getOrder', { id: created.body.id })).body).toEqual(created.body);
  });

  test('completion gives a ticket for each seat', async () => {
    const { ask } = testUpstream();
    const { id } = await order(ask, ['B-1', 'B-2']);
    const headers = { 'idempotency-key': 'k' };
    const { status, body } = await ask('completeOrder', { id, body: { paymentReference: 'bank-1' }, headers });
    expect(status).toBe(200);
    expect(body.status).toBe('completed');
    expect(body.payment).toEqual({
      id: paymentIdOf(body.id),
      method: 'seller',
      status: 'succeeded',
      reference: 'bank-1',
    });
    expect(body.tickets.map(({ seat }: { seat: string }) => seat)).toEqual(['B-1', 'B-2']);
  });

  test('completion needs no body', async () => {
    const { ask } = testUpstream();
    const { id } = await order(ask, ['B-1']);
    expect((await ask('completeOrder', { id, headers: { 'idempotency-key': 'k' } })).status).toBe(200);
  });

  test('a canceled order frees its seats', async () => {
    const { ask } = testUpstream();
    const { id } = await order(ask, ['B-1']);
    expect((await ask('cancelOrder', { id })).body.status).toBe('canceled');
    await reserve(ask, ['B-1']);
  });

  test('orders are found by reference, page by page, and only one’s own', async () => {
    const { ask } = testUpstream();
    const ids: string[] = [];
    for (const seat of ['B-1', 'B-2', 'B-3']) ids.push((await order(ask, [seat], { externalRef: 'twice' })).id);
    const first = (await ask('findOrders', { query: { externalRef: 'twice', limit: '2' } })).body;
    const query = { externalRef: 'twice', limit: '2', cursor: first.nextCursor };
    const second = (await ask('findOrders', { query })).body;
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
    const headers = { 'x-api-key': 'another' };
    expect((await ask('findOrders', { query: { externalRef: 'twice' }, headers })).body.data).toEqual([]);
  });

  test('a discount is validated without being used', async () => {
    const { ask } = testUpstream();
    const asked = { sessionId: 's1', seats: ['B-1'], customerRef: 'c' };
    for (let i = 0; i < 2; i++)
      expect((await ask('validateDiscount', { body: { ...asked, code: 'ONLYONE' } })).body).toEqual({
        valid: true,
        amountOff: 10_000_000,
      });
    expect((await ask('validateDiscount', { body: { ...asked, code: 'NONE' } })).body).toEqual({
      valid: false,
      reason: 'unknown',
    });
  });
});
