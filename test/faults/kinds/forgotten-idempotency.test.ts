// forgotten-idempotency: the same key, and the work is done again as far as it can be.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { KEY_AGE_MS } from '../../../src/box-office/state/idempotency.ts';
import { askCompletion, ordered } from '../../support/flows.ts';
import { describeKind } from '../../support/kinds.ts';
import { checked, type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { redirectBuyer } from '../../support/redirect-buyer.ts';
import { ask } from '../../support/seller.ts';

describeKind(
  'forgotten-idempotency',
  {},
  {
    async ask(upstream, forMs) {
      const order = await ordered(upstream, 'seller');
      await askCompletion(upstream, forMs, order);
      return askCompletion(upstream, forMs, order);
    },
  },
);

describe('forgotten-idempotency', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  let keys = 0;
  const nextKey = () => `key-${++keys}`;
  const post = (path: string, json: unknown, key?: string) =>
    ask(`${upstream.url}/v1${path}`, { method: 'POST', json, headers: key ? { 'Idempotency-Key': key } : {} });
  const reserve = (json: object, key?: string) => post('/sessions/s1/reservations', json, key);
  const counts = () => upstream.world.engine.rules[0]?.counts;
  const best = () => ({ bestAvailable: { count: 1 }, customerRef: nextKey() });

  test('a reservation that is repeated takes another seat, so that two are held for one buyer', async () => {
    const [key, wanted] = [nextKey(), best()];
    const first = await reserve(wanted, key);
    expect((await reserve(wanted, key)).body).toEqual(first.body);
    upstream.arm({ fault: 'forgotten-idempotency' });
    const second = await reserve(wanted, key);
    expect([second.status, second.headers.has('idempotent-replayed')]).toEqual([201, false]);
    expect(second.body.seats).not.toEqual(first.body.seats);
    const named = await reserve({ seats: second.body.seats, customerRef: 'x' }, key);
    expect([named.status, named.body.code]).toEqual([409, 'seat_unavailable']); // another body under the key, and no 422
    expect(counts()).toMatchObject({ matched: 2, acted: 2 });
    expect(upstream.world.boxOffice.invariants()).toEqual([]);
  });

  test('ordering and completing again is a 409 in place of a replay', async () => {
    upstream.arm({ fault: 'forgotten-idempotency' });
    const { body: reservation } = await reserve(best());
    const order = {
      ...{ reservationId: reservation.id, externalRef: 'r', customer: { name: 'Ada', phone: '0912' } },
      payment: { method: 'seller' },
    };
    const key = nextKey();
    const { body: ordered } = await post('/orders', order, key);
    expect(await post('/orders', order, key)).toMatchObject({
      status: 409,
      body: { code: 'reservation_already_ordered' },
    });
    const complete = () => post(`/orders/${ordered.id}/complete`, {}, key);
    expect((await complete()).status).toBe(200);
    expect(await complete()).toMatchObject({ status: 409, body: { code: 'order_already_completed' } });
  });

  test('beside a double charge, the same key is charged twice', async () => {
    const { page, submit, complete } = await redirectBuyer(upstream.url);
    await submit(page, { attempt: '1', card: 'succeeds' });
    upstream.arm({ fault: 'forgotten-idempotency' }, { fault: 'double-charge' });
    for (let i = 0; i < 2; i++) expect((await complete('k')).status).toBe(200);
    expect(upstream.world.engine.rules.map(({ counts: { acted } }) => acted)).toEqual([1, 1]);
    expect(upstream.world.boxOffice.invariants()).toMatchObject([{ rule: 'money_adds_up' }]);
  });

  test('a new key, none, and one that is too old to be kept are as ever', async () => {
    const [key, wanted] = [nextKey(), best()];
    await reserve(wanted, key);
    upstream.world.boxOfficeClock.advance(KEY_AGE_MS);
    upstream.arm({ fault: 'forgotten-idempotency' });
    expect(
      (await post('/discounts/validate', { code: 'X', sessionId: 's1', seats: ['A-1'], customerRef: 'x' }, key)).status,
    ).toBe(200);
    await reserve(wanted, key);
    await reserve(wanted);
    expect(counts()).toMatchObject({ matched: 3, acted: 0, inapplicable: 3 });
  });

  test('can be aimed only at what takes a key', () => {
    const aimed = (match: object) => () => checked({ fault: 'forgotten-idempotency', match });
    expect(aimed({ operations: ['paymentPage'] })).toThrow(/can never touch paymentPage; it can: reserveSeats/);
    expect(aimed({ methods: ['DELETE'] })).toThrow(/can never touch DELETE/);
  });
});
