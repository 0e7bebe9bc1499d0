// Every error code of the upstream through Prism, in a world of its own: each no is as its OpenAPI document says.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AdminClient } from '../../src/sdk/admin-client.ts';
import { OPERATIONS } from '../../src/upstream/operations/operations.ts';
import { CODES } from '../../src/upstream/statuses.ts';
import { type Answered, type Asking, Caller } from './caller.ts';
import { type Proxied, startProxied } from './proxied.ts';
import { openShopPage } from './shop-page.ts';

const KEY = 'my-shop-key-0123456789';
const WORLD = 'team-a';
const CUSTOMER = { name: 'Ada Lovelace', phone: '09120000000' };
let proxied: Proxied;
let admin: AdminClient;
let shop: Caller;
beforeAll(async () => {
  const env = { SHOWSTOPPER_KEYS: `my-shop=${KEY}`, SHOWSTOPPER_WORLDS_MAX: '1' };
  proxied = await startProxied('upstream', { base: `/w/${WORLD}`, env });
  admin = proxied.admin.world(WORLD);
  shop = new Caller(proxied.document, proxied.url, { Authorization: `Bearer ${KEY}` });
});
afterAll(() => proxied.stop());

const reserving = (customerRef: string, more: object = {}, id = 's1'): Asking => ({
  params: { id },
  json: { bestAvailable: { count: 1 }, customerRef, ...more },
});
const reserve = async (customerRef: string): Promise<Answered> => shop.ask('reserveSeats', reserving(customerRef));
const ordering = async (externalRef: string, more: object = {}): Promise<Asking> => {
  const { body } = await reserve(externalRef);
  const json = { reservationId: body.id, customer: CUSTOMER, externalRef, payment: { method: 'seller' } };
  return { json: { ...json, ...more } };
};
const order = async (externalRef: string, more: object = {}): Promise<Answered> =>
  shop.ask('createOrder', await ordering(externalRef, more));
const completing = (id: string, key = `key-${id}`, json: object = {}): Asking => ({
  ...{ params: { id }, json },
  headers: { 'Idempotency-Key': key },
});

describe('a world that is not there', () => {
  test('is unknown to who cannot make it', async () => {
    expect(await shop.code('paymentPage', { params: { token: 'none' } })).toBe('world_unknown');
  });

  test('has no room beside those that are to stay', async () => {
    await proxied.admin.putWorld('other');
    expect(await shop.code('listSessions')).toBe('too_many_worlds');
    await proxied.admin.deleteWorld('other');
    expect((await shop.ask('listSessions')).status).toBe(200);
  });
});

describe('who asks wrongly', () => {
  test('without a key', async () => {
    const anonymous = new Caller(proxied.document, proxied.url, {}, shop.seen);
    expect(await anonymous.code('listSessions')).toBe('unauthorized');
  });

  test('what the document itself forbids', async () => {
    const { body, amiss } = await shop.ask('reserveSeats', { params: { id: 's1' }, json: { seats: 'B-1' } });
    expect([body.code, amiss.map(({ location }) => location.join('.'))]).toEqual([
      'validation_failed',
      ['request.body', 'request.body.seats'],
    ]);
    const keyless = await shop.ask('completeOrder', { params: { id: 'o-1' }, json: {} });
    expect([keyless.body.code, keyless.amiss]).toEqual(['idempotency_key_missing', [expect.anything()]]);
  });

  test('too much', async () => {
    const json = { accessCode: 'A'.repeat(70_000) };
    expect(await shop.code('reserveSeats', reserving('much', json))).toBe('payload_too_large');
  });

  test('for what is not there', async () => {
    for (const operation of ['getReservation', 'releaseReservation', 'extendReservation', 'getOrder', 'cancelOrder'])
      expect(await shop.code(operation)).toBe('not_found');
    for (const operation of ['getSession', 'getSeatMap', 'pollWaitingRoom'])
      expect(await shop.code(operation)).toBe('not_found');
    expect(await shop.code('completeOrder', completing('none'))).toBe('not_found');
  });
});

describe('seats that are not to be had', () => {
  test.each([
    ['not_on_sale', reserving('ada', {}, 's6')],
    ['access_code_required', reserving('ada', {}, 's5')],
    ['access_code_invalid', reserving('ada', { accessCode: 'GUESS' }, 's5')],
    ['limit_reached', reserving('ada', { bestAvailable: { count: 5 } })],
  ])('%s', async (code, asking) => expect(await shop.code('reserveSeats', asking)).toBe(code));

  test('since another has them', async () => {
    const seats = { bestAvailable: undefined, seats: ['B-1'] };
    expect((await shop.ask('reserveSeats', reserving('ada', seats))).status).toBe(201);
    const { body } = await shop.ask('reserveSeats', reserving('grace', seats));
    expect([body.code, body.seats]).toEqual(['seat_unavailable', ['B-1']]);
  });
});

describe('an order that does not go on', () => {
  test('since its reservation has one', async () => {
    const asking = await ordering('joan');
    await shop.ask('createOrder', asking);
    expect(await shop.code('createOrder', asking)).toBe('reservation_already_ordered');
  });

  test('since its code is no longer good', async () => {
    expect(await shop.code('createOrder', await ordering('ida', { discountCode: 'LASTYEAR' }))).toBe(
      'discount_invalid',
    );
  });

  test('since nobody has paid', async () => {
    const { body } = await order('emmy', { payment: { method: 'redirect', returnUrl: 'http://127.0.0.1/back' } });
    expect(await shop.code('completeOrder', completing(body.id))).toBe('payment_outstanding');
  });

  test('since the seller was not paid, its key was used, or it is done', async () => {
    const { id } = (await order('mary')).body;
    const declined = completing(id, 'key-1', { paymentReference: 'declined-1' });
    expect(await shop.code('completeOrder', declined)).toBe('payment_failed');
    expect(await shop.code('completeOrder', completing(id, 'key-1'))).toBe('idempotency_key_reused');
    expect((await shop.ask('completeOrder', completing(id, 'key-2'))).status).toBe(200);
    expect(await shop.code('completeOrder', completing(id, 'key-3'))).toBe('order_already_completed');
  });

  test('since its time is over', async () => {
    const reserved = await reserve('rosa');
    const { id } = (await order('lise')).body;
    await admin.moveClock({ advance: '16m' });
    expect(await shop.code('extendReservation', { params: { id: reserved.body.id } })).toBe('reservation_expired');
    expect(await shop.code('completeOrder', completing(id))).toBe('reservation_expired');
  });
});

describe('an upstream that cannot now', () => {
  test.each([
    ['rate_limited', { fault: 'rate-limit', with: { quota: 0 } }],
    ['too_many_concurrent', { fault: 'concurrency-limit', with: { limit: 0 } }],
    ['maintenance', { fault: 'maintenance' }],
    ['overloaded', { fault: 'error-status' }],
    ['internal', { fault: 'error-status', with: { status: 500 } }],
    ['seller_disabled', { fault: 'error-status', with: { status: 403 } }],
    ['idempotency_in_progress', { fault: 'error-status', with: { status: 409, code: 'idempotency_in_progress' } }],
  ] as const)('%s', async (code, rule) => {
    await admin.addRule(rule);
    expect(await shop.code('cancelOrder', { params: { id: 'o-1' } })).toBe(code);
    await admin.heal();
  });
});

describe('a payment page that says no', () => {
  const open = async (externalRef: string) => {
    const payment = { method: 'redirect', returnUrl: `${(await openShopPage()).url}/back` };
    const { body } = await order(externalRef, { payment });
    const params = { token: body.payment.redirectUrl.split('/').at(-1) as string };
    const pay = async (form: Record<string, string>) => (await shop.ask('submitPaymentPage', { params, form })).status;
    const answer = async (form: Record<string, string>) =>
      (await shop.ask('submitThreeDSecure', { params, form })).status;
    return { params, pay, answer };
  };

  test('of no payment at all', async () => {
    const params = { token: 'none' };
    for (const operation of ['paymentPage', 'threeDSecure'])
      expect((await shop.ask(operation, { params })).status).toBe(404);
    expect((await shop.ask('submitPaymentPage', { params, form: { number: '1' } })).status).toBe(404);
    expect((await shop.ask('submitThreeDSecure', { params, form: { answer: 'approve' } })).status).toBe(404);
  });

  test('to a card, and to what is no form', async () => {
    const { params, pay } = await open('hedy');
    expect(await pay({ attempt: '1', number: '1234' })).toBe(422);
    expect(await pay({ attempt: '1', card: 'declined' })).toBe(402);
    expect(await pay({ attempt: '2', number: '4'.repeat(17_000) })).toBe(413);
    expect(await pay({ attempt: '2', card: 'succeeds' })).toBe(200);
    expect(await pay({ attempt: '3', card: 'succeeds' })).toBe(409);
    const text = ['text/plain', 'number=4242'] as const;
    for (const operation of ['submitPaymentPage', 'submitThreeDSecure'])
      expect((await shop.ask(operation, { params, text })).status).toBe(415);
  });

  test('to an answer for the issuer', async () => {
    const { pay, answer } = await open('radia');
    expect(await pay({ attempt: '1', card: 'challenge' })).toBe(200);
    expect(await answer({ attempt: '1' })).toBe(400);
    expect(await answer({ attempt: '9', answer: 'approve' })).toBe(422);
    expect(await answer({ attempt: '1', answer: 'refuse' })).toBe(402);
    expect(await answer({ attempt: '1', answer: 'approve' })).toBe(409);
    expect(await answer({ attempt: '1', answer: 'approve', more: 'A'.repeat(17_000) })).toBe(413);
    const other = await open('barbara');
    expect(await other.pay({ attempt: '1', card: 'challenge' })).toBe(200);
    await admin.moveClock({ advance: '16m' });
    expect(await pay({ attempt: '2', card: 'succeeds' })).toBe(410);
    expect(await other.answer({ attempt: '1', answer: 'approve' })).toBe(410);
  });
});

test('a world that was there', async () => {
  await proxied.admin.deleteWorld(WORLD);
  expect(await shop.code('listSessions')).toBe('world_deleted');
});

test('no code of the table was left out, and no page that says no', () => {
  const isPage = ['payment_ended', 'challenge_answered']; // told to a person, below
  const left = CODES.filter((code) => code !== 'method_not_allowed' && !isPage.includes(code));
  const seen = new Set([...shop.seen.values()].flatMap((told) => [...told]));
  expect(left.filter((code) => !seen.has(code))).toEqual([]);
  for (const { id, name, refusedPages = {} } of OPERATIONS.filter((operation) => operation.isPage))
    expect([...(shop.seen.get(id ?? name) ?? [])]).toEqual(expect.arrayContaining(Object.keys(refusedPages)));
});
