// A whole purchase through Prism: every operation of the upstream asks and answers as its OpenAPI document says.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../support/seller.ts';
import { type Answered, Caller } from './caller.ts';
import type { Document } from './documents.ts';
import { type Proxied, startProxied } from './proxied.ts';
import { openShopPage, SHOP_PAGE } from './shop-page.ts';

const CUSTOMER = { name: 'Ada Lovelace', phone: '09120000000', email: 'ada@example.com' };
let proxied: Proxied;
let shop: Caller;
beforeAll(async () => {
  proxied = await startProxied('upstream');
  shop = new Caller(proxied.document, proxied.url, { Authorization: 'Bearer my-shop' });
});
afterAll(() => proxied.stop());

const reserve = async (customerRef: string, more: object = { bestAvailable: { count: 2 } }): Promise<Answered> => {
  const reserved = await shop.ask('reserveSeats', { params: { id: 's1' }, json: { customerRef, ...more } });
  expect(reserved.status).toBe(201);
  return reserved;
};

const order = async (customerRef: string, more: object = {}): Promise<Answered> => {
  const { body } = await reserve(customerRef, { bestAvailable: { count: 1 } });
  const json = { reservationId: body.id, customer: CUSTOMER, externalRef: customerRef, payment: { method: 'seller' } };
  return shop.ask('createOrder', { json: { ...json, ...more } });
};

const complete = (id: string, key: string, json: object = {}): Promise<Answered> =>
  shop.ask('completeOrder', { params: { id }, headers: { 'Idempotency-Key': key }, json });

test('looking around', async () => {
  expect((await shop.ask('getHealth')).status).toBe(200);
  const { body } = await shop.ask('listSessions', { query: { status: 'on_sale', limit: '1' } });
  const [session] = body.data;
  expect(body.nextCursor).toEqual(expect.any(String));
  await shop.ask('listSessions', { query: { status: 'on_sale', limit: '1', cursor: body.nextCursor as string } });
  for (const [name, value] of Object.entries({ film: 'glass-orchard', venue: 'lumen', date: '2026-01-01' }))
    expect((await shop.ask('listSessions', { query: { [name]: value } })).status).toBe(200);
  const id = session?.id ?? '';
  for (const session of ['s5', 's6']) await shop.ask('getSession', { params: { id: session } });
  const map = await shop.ask('getSeatMap', { params: { id } });
  const tag = map.headers.get('etag') ?? '';
  const again = await shop.ask('getSeatMap', { params: { id }, headers: { 'If-None-Match': tag } });
  expect([map.status, again.status, again.text]).toEqual([200, 304, '']);
});

test('seats that are reserved, extended, looked at and let go', async () => {
  const { body } = await reserve('ada', { seats: ['B-1', 'B-2'], accessCode: 'PRESALE' });
  const params = { id: body.id };
  for (const operation of ['extendReservation', 'getReservation', 'releaseReservation'])
    expect((await shop.ask(operation, { params })).status).toBe(200);
});

test('an order with a discount, completed and found again', async () => {
  const asked = { code: 'FESTIVAL20', sessionId: 's1', seats: ['B-3'], customerRef: 'grace' };
  expect((await shop.ask('validateDiscount', { json: asked })).body).toEqual({ valid: true, amountOff: 4_000_000 });
  const expired = await shop.ask('validateDiscount', { json: { ...asked, code: 'LASTYEAR' } });
  expect(expired.body).toEqual({ valid: false, reason: 'expired' });
  const { body } = await order('grace', { discountCode: 'FESTIVAL20' });
  const first = await complete(body.id, 'key-1', { paymentReference: 'bank-4711' });
  const replayed = await complete(body.id, 'key-1', { paymentReference: 'bank-4711' });
  expect([first.body.status, first.status]).toEqual(['completed', 200]);
  expect([replayed.text, replayed.headers.get('idempotent-replayed')]).toEqual([first.text, 'true']);
  expect((await shop.ask('getOrder', { params: { id: body.id } })).body).toEqual(first.body);
  const found = await shop.ask('findOrders', { query: { externalRef: 'grace' } });
  expect(found.body.data).toEqual([first.body]);
  await shop.ask('cancelOrder', { params: { id: body.id }, json: {} });
  const canceled = await shop.ask('cancelOrder', { params: { id: (await order('joan')).body.id } });
  expect(canceled.body.status).toBe('canceled');
});

test('an order that is completed later', async () => {
  await proxied.admin.addRule({ fault: 'completion-pending' });
  const { id } = (await order('katherine')).body;
  const pending = await complete(id, 'key-2');
  expect([pending.status, pending.body]).toEqual([202, expect.objectContaining({ status: 'pending' })]);
  expect((await shop.ask('getOrder', { params: { id } })).body.status).toBe('completing');
  await proxied.admin.heal();
});

test('a place in the waiting room, and the way out of it', async () => {
  await proxied.admin.addRule({ fault: 'waiting-room', with: { capacity: 0, admitEvery: '1h' } });
  const { body, status } = await ask(`${proxied.server.upstream}/v1/sessions`); // a fault answers here in place of the list
  const ticket = String(body.pollUrl).split('/').at(-1) as string;
  const waiting = await shop.ask('pollWaitingRoom', { params: { ticket } });
  expect([status, waiting.status, waiting.body]).toEqual([202, 202, expect.objectContaining({ status: 'waiting' })]);
  await proxied.admin.heal();
  await proxied.admin.addRule({ fault: 'waiting-room', with: { capacity: 0, admitEvery: '1ms' } });
  const next = await ask(`${proxied.server.upstream}/v1/sessions`);
  const turn = { params: { ticket: String(next.headers.get('x-waiting-room-ticket')) } };
  await expect.poll(async () => (await shop.ask('pollWaitingRoom', turn)).status).toBe(200);
  await proxied.admin.heal();
});

test('a payment by redirect, with a card that asks for 3-D Secure', async () => {
  const back = await openShopPage();
  const { body } = await order('mary', { payment: { method: 'redirect', returnUrl: `${back.url}/back?basket=7` } });
  const params = { token: body.payment.redirectUrl.split('/').at(-1) as string };
  expect((await shop.ask('paymentPage', { params })).text).toContain('data-page="payment"');
  // Prism follows a 303, so each answer is of the page that it leads to.
  const card = { attempt: '1', number: '4000 0025 0000 3155', name: 'Mary', email: '' };
  expect((await shop.ask('submitPaymentPage', { params, form: card })).text).toContain('data-page="challenge"');
  expect((await shop.ask('threeDSecure', { params })).text).toContain('data-page="challenge"');
  const answered = await shop.ask('submitThreeDSecure', { params, form: { attempt: '1', answer: 'approve' } });
  expect([answered.text, back.asked]).toEqual([
    SHOP_PAGE,
    [expect.stringMatching(/^\/back\?basket=7&.*status=succeeded&/)],
  ]);
  expect((await complete(body.id, 'key-3')).body.status).toBe('completed');
});

test('nothing of the document was left out', () => {
  expect([...shop.seen.keys()].sort()).toEqual(shop.operations.sort());
});

test('a document that says otherwise is found out, by field and by status', async () => {
  const said = JSON.stringify(proxied.document).replaceAll('"on_sale"', '"open"');
  const document = JSON.parse(said) as Document;
  const responses: Record<string, object> = document.paths['/v1/sessions/{id}']?.get?.responses ?? {};
  delete responses['200'];
  const liar = new Caller(document, await proxied.beforeAs(document));
  const found = (text: string) => ({
    actual: expect.arrayContaining([expect.objectContaining({ message: expect.stringContaining(text) })]),
  });
  await expect(liar.ask('listSessions')).rejects.toMatchObject(found('must be equal to one of the allowed values'));
  await expect(liar.ask('getSession', { params: { id: 's1' } })).rejects.toMatchObject(found('status code'));
});
