// phantom-success: every yes in its usual shape, and nothing behind it.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { orderShape, reservationShape } from '../../../src/upstream/operations/schemas.ts';
import { askSeat, reserved } from '../../support/flows.ts';
import { describeKind } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { ask } from '../../support/seller.ts';

describeKind('phantom-success', {}, { ask: askSeat });

describe('phantom-success', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  const post = (path: string, json: unknown = {}, key = 'k') =>
    ask(upstream.url + path, { method: 'POST', json, headers: { 'Idempotency-Key': key } });

  test('seats are said to be reserved, twice by two ids, and no seat is', async () => {
    const before = upstream.world.totals();
    upstream.arm({ fault: 'phantom-success' });
    const asked = { seats: ['B-1'], customerRef: 'ada' };
    const answers = [
      await post('/v1/sessions/s1/reservations', asked, 'k-1'),
      await post('/v1/sessions/s1/reservations', asked, 'k-2'),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(201);
      expect(reservationShape.parse(body)).toMatchObject({ seats: ['B-1'], status: 'active' });
      expect((await ask(`${upstream.url}/v1/reservations/${body.id}`)).status).toBe(404);
    }
    expect(answers[0]?.body.id).not.toBe(answers[1]?.body.id);
    expect(upstream.world.totals()).toEqual(before);
  });

  test('a completion gives tickets, and the order goes on waiting', async () => {
    const { id: reservationId } = await reserved(upstream);
    const customer = { name: 'Ada', phone: '0912' };
    const order = { reservationId, customer, externalRef: 'r', payment: { method: 'seller' } };
    const { id } = (await post('/v1/orders', order)).body;
    upstream.arm({ fault: 'phantom-success', match: { operations: ['completeOrder'] } });
    const { status, body } = await post(`/v1/orders/${id}/complete`);
    expect([status, orderShape.parse(body).status, body.tickets.length]).toEqual([200, 'completed', 1]);
    expect((await ask(`${upstream.url}/v1/orders/${id}`)).body.status).toBe('pending_payment');
    const again = await post(`/v1/orders/${id}/complete`);
    expect(again.headers.get('idempotent-replayed')).toBe('true'); // the lie is kept by its key
    expect(upstream.world.totals().sold).toBe(0);
  });

  test('what reads is not touched, and what would be refused is refused', async () => {
    const { id } = await reserved(upstream);
    upstream.arm({ fault: 'phantom-success' });
    expect((await ask(`${upstream.url}/v1/reservations/${id}`)).status).toBe(200);
    expect(upstream.world.journal.query({ kind: 'exchange', limit: 1 }).data[0]?.workedAt).not.toBeNull();
    expect((await post('/v1/sessions/none/reservations', { seats: ['B-1'], customerRef: 'a' })).status).toBe(404);
  });

  test('a release is said to be done, and the seats stay held', async () => {
    const { id } = await reserved(upstream);
    upstream.arm({ fault: 'phantom-success' });
    const released = await ask(`${upstream.url}/v1/reservations/${id}`, { method: 'DELETE' });
    expect(released.body.status).toBe('released');
    expect((await ask(`${upstream.url}/v1/reservations/${id}`)).body.status).toBe('active');
  });
});
