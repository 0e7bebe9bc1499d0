// The same key gives the same answer: the work is done once, whatever became of its answer.
import { describe, expect, test } from 'vitest';
import type { BoxOffice } from '../../src/box-office/box-office.ts';
import { refuse } from '../../src/box-office/refusals.ts';
import { order, testUpstream } from '../support/upstream-app.ts';

const KEY = { 'idempotency-key': 'k-1' };
const BODY = { seats: ['B-1'], customerRef: 'c' };

describe('a retry with the same key', () => {
  test('replays the true answer byte by byte, and says so', async () => {
    const { ask } = testUpstream();
    const first = await ask('reserveSeats', { id: 's1', body: BODY, headers: KEY });
    const again = await ask('reserveSeats', { id: 's1', body: BODY, headers: KEY });
    expect([again.status, again.text, again.headers.location]).toEqual([201, first.text, first.headers.location]);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
  });

  test('replays a completed order with its tickets', async () => {
    const { ask } = testUpstream();
    const { id } = await order(ask, ['B-1']);
    const first = await ask('completeOrder', { id, headers: KEY });
    const again = await ask('completeOrder', { id, headers: KEY, body: {} });
    expect(again.text).toBe(first.text);
    expect(again.headers['idempotent-replayed']).toBe('true');
  });

  test('does not mind the order of fields and spaces', async () => {
    const { ask, http } = testUpstream();
    const first = await ask('reserveSeats', { id: 's1', body: BODY, headers: KEY });
    const text = '{ "customerRef": "c",  "seats": ["B-1"] }';
    const request = http.post('/v1/sessions/s1/reservations').set(KEY).set('Content-Type', 'application/json');
    expect((await request.send(text)).text).toBe(first.text);
  });

  test('is replayed a refusal that will not change', async () => {
    const { ask } = testUpstream();
    const body = { ...BODY, seats: ['B-1', 'B-2', 'B-3', 'B-4', 'B-5'] };
    const first = await ask('reserveSeats', { id: 's1', body, headers: KEY });
    expect(first.status).toBe(422);
    const again = await ask('reserveSeats', { id: 's1', body, headers: KEY });
    expect([again.text, again.headers['idempotent-replayed']]).toEqual([first.text, 'true']);
  });

  test('is forgotten after 24 hours', async () => {
    const { ask, clock } = testUpstream();
    await ask('reserveSeats', { id: 's1', body: BODY, headers: KEY });
    await clock.advance(24 * 3_600_000);
    const again = await ask('reserveSeats', { id: 's2', body: BODY, headers: KEY });
    expect(again.headers['idempotent-replayed']).toBeUndefined();
  });
});

describe('another request with the same key', () => {
  test('with another body is refused', async () => {
    const { ask } = testUpstream();
    await ask('reserveSeats', { id: 's1', body: BODY, headers: KEY });
    const other = await ask('reserveSeats', { id: 's1', body: { ...BODY, seats: ['B-2'] }, headers: KEY });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
  });

  test('of another seller or path is a key of its own', async () => {
    const { ask } = testUpstream();
    const first = await ask('reserveSeats', { id: 's1', body: BODY, headers: KEY });
    const elsewhere = await ask('reserveSeats', { id: 's2', body: BODY, headers: KEY });
    expect(elsewhere.body.id).not.toBe(first.body.id);
    const headers = { ...KEY, 'x-api-key': 'another' };
    expect((await ask('reserveSeats', { id: 's1', body: BODY, headers })).status).toBe(409);
  });
});

describe('what is not kept', () => {
  test('a conflict may end otherwise the next time', async () => {
    const { ask } = testUpstream();
    const other = await ask('reserveSeats', { id: 's1', body: { ...BODY, customerRef: 'other' } });
    expect((await ask('reserveSeats', { id: 's1', body: BODY, headers: KEY })).status).toBe(409);
    await ask('releaseReservation', { id: other.body.id });
    expect((await ask('reserveSeats', { id: 's1', body: BODY, headers: KEY })).status).toBe(201);
  });

  test('a mistake in the request claims nothing', async () => {
    const { ask } = testUpstream();
    expect((await ask('reserveSeats', { id: 's1', body: { ...BODY, seats: [] }, headers: KEY })).status).toBe(400);
    expect((await ask('reserveSeats', { id: 's1', body: BODY, headers: KEY })).status).toBe(201);
  });

  test('after a programmer’s error the key is free again', async () => {
    let broken = true;
    const honest = testUpstream().boxOffice;
    const reserve: BoxOffice['reserve'] = (...args) =>
      broken ? Promise.reject(new TypeError('oops')) : honest.reserve(...args);
    const { ask } = testUpstream({ verbs: { reserve } });
    expect((await ask('reserveSeats', { id: 's1', body: BODY, headers: KEY })).status).toBe(500);
    broken = false;
    expect((await ask('reserveSeats', { id: 's1', body: BODY, headers: KEY })).status).toBe(201);
  });
});

describe('while the work goes on', () => {
  test('the same key is in progress, and free to replay when it ends', async () => {
    let finish = (): void => {};
    const ended = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const begun = Promise.withResolvers<void>();
    const reserve = async () => {
      begun.resolve();
      await ended;
      throw refuse('limit_reached', 'enough');
    };
    const { ask, server } = testUpstream({ verbs: { reserve } });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const first = ask('reserveSeats', { id: 's1', body: BODY, headers: KEY });
    await begun.promise;
    const during = await ask('reserveSeats', { id: 's1', body: BODY, headers: KEY });
    expect([during.status, during.body.code, during.body.retryable]).toEqual([409, 'idempotency_in_progress', true]);
    finish();
    expect((await first).status).toBe(422);
    const after = await ask('reserveSeats', { id: 's1', body: BODY, headers: KEY });
    expect(after.headers['idempotent-replayed']).toBe('true');
    server.close();
  });
});

describe('the key itself', () => {
  test('is required to complete an order', async () => {
    const { ask } = testUpstream();
    const { id } = await order(ask, ['B-1']);
    for (const headers of [undefined, { 'idempotency-key': '' }]) {
      const { status, body } = await ask('completeOrder', headers ? { id, headers } : { id });
      expect([status, body.code]).toEqual([400, 'idempotency_key_missing']);
    }
  });

  test('is 1 to 255 visible ASCII characters', async () => {
    const { ask } = testUpstream();
    for (const key of ['x'.repeat(256), 'with space', 'caf\u00e9']) {
      const { status, body } = await ask('reserveSeats', { id: 's1', body: BODY, headers: { 'idempotency-key': key } });
      expect([status, body.errors?.[0]?.path]).toEqual([400, 'Idempotency-Key']);
    }
    const headers = { 'idempotency-key': 'x'.repeat(255) };
    expect((await ask('reserveSeats', { id: 's1', body: BODY, headers })).status).toBe(201);
  });

  test('means nothing where nothing is posted', async () => {
    const { ask } = testUpstream();
    const { id } = (await ask('reserveSeats', { id: 's1', body: BODY })).body;
    await ask('releaseReservation', { id, headers: KEY });
    expect((await ask('releaseReservation', { id, headers: KEY })).headers['idempotent-replayed']).toBeUndefined();
  });
});
