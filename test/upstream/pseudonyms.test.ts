// What sellers call their orders and customers is in no journal and in nothing that the admin API shows of one, whatever becomes of a request.
import { expect, onTestFinished, test } from 'vitest';
import { startInProcess } from '../support/run-server.ts';
import { ask } from '../support/seller.ts';

const [PHONE, NAME, REF, EMAIL] = ['09121112233', 'Ada Lovelace', 'shop-ref-4711', 'ada@example.test'];
const PERSONAL = new RegExp([PHONE, 'Lovelace', 'ada@', REF].join('|'), 'i');
const FAULTS = [
  'hang-after-work',
  'lost-reply',
  'error-status',
  'error-in-200',
  'truncated-body',
  'wrong-content-type',
];

async function open() {
  const server = await startInProcess();
  onTestFinished(() => server.stop());
  const admin = (path: string, json?: object) =>
    ask(`${server.admin}/v1${path}`, json ? { method: 'POST', json } : {}).then(({ body }) => body);
  const post = (path: string, json: object, key: string) =>
    ask(`${server.upstream}/v1${path}`, {
      ...{ method: 'POST', json, headers: { 'Idempotency-Key': key }, signal: AbortSignal.timeout(500) },
    }).then(
      ({ body }) => body,
      () => undefined,
    );
  /** One purchase, as far as it comes. */
  const buy = async (nth: number) => {
    const reservation = await post(
      '/sessions/s1/reservations',
      { bestAvailable: { count: 1 }, customerRef: PHONE },
      `r-${nth}`,
    );
    const customer = { name: NAME, phone: PHONE, email: EMAIL };
    const asked = { reservationId: reservation?.id ?? 'r_s1_00000000', customer, externalRef: REF };
    const order = await post('/orders', { ...asked, payment: { method: 'seller' } }, `o-${nth}`);
    await post(`/orders/${order?.id ?? 'none'}/complete`, { paymentReference: REF }, `c-${nth}`);
  };
  const find = (): Promise<unknown> =>
    ask(`${server.upstream}/v1/orders?externalRef=${REF}`, { signal: AbortSignal.timeout(500) }).catch(() => undefined);
  return { server, admin, buy, find };
}

test('neither faults nor refusals bring a reference or a person into the journal', async () => {
  const { server, admin, buy, find } = await open();
  await buy(0);
  await find();
  for (const [nth, fault] of FAULTS.entries()) {
    const profile = `summary: One.\nrules:\n  - fault: ${fault}\n    match: { operations: [createOrder, completeOrder, findOrders] }\n`;
    await ask(`${server.admin}/v1/profiles/one-${nth}`, { method: 'PUT', body: profile });
    await admin(`/profiles/one-${nth}/activate`, {});
    await buy(nth + 1);
    await find();
    await admin('/heal', {});
  }
  const journals = [await admin('/journal?limit=1000'), await admin('/journal?kind=event&limit=1000')];
  const [exchanges, events] = journals.map(({ data }) => data);
  expect(JSON.stringify(journals)).not.toMatch(PERSONAL);
  const orders = exchanges.filter(({ operation }: { operation: string }) => operation === 'createOrder');
  expect(orders).toHaveLength(FAULTS.length + 1);
  const asked = exchanges.filter(({ operation }: { operation: string }) => operation === 'findOrders');
  expect(asked).toHaveLength(FAULTS.length + 1);
  const refs = new Set(
    [...orders, ...asked, ...events.filter(({ order }: { order: string | null }) => order)].map(
      (entry) => (entry.about ?? entry).externalRef,
    ),
  );
  expect([refs.size, refs.has(null)]).toEqual([1, false]);
  const customers = new Set(orders.map(({ about }: { about: { customer: string } }) => about.customer));
  expect([customers.size, customers.has(null)]).toEqual([1, false]);
});

test('a reservation or an order is asked for by its id, of exchanges and of events', async () => {
  const { admin, buy } = await open();
  await buy(0);
  await buy(1);
  const events = (await admin('/journal?kind=event')).data;
  const { order, reservation } = events.find(({ happened }: { happened: string }) => happened === 'ordered');
  const operations = async (query: string) =>
    (await admin(`/journal?${query}`)).data.map(({ operation }: { operation: string }) => operation);
  expect(await operations(`order=${order}`)).toEqual(['completeOrder', 'createOrder']);
  expect(await operations(`reservation=${reservation}`)).toEqual(['completeOrder', 'createOrder', 'reserveSeats']);
  expect(await operations('session=s1')).toHaveLength(6);
  expect(await operations('session=s2')).toEqual([]);
  const told = (await admin(`/journal?kind=event&order=${order}`)).data;
  expect(told.every((event: { order: string }) => event.order === order)).toBe(true);
  expect(told.length).toBeGreaterThan(1);
  expect((await admin(`/journal?kind=connection&order=${order}`)).errors[0].path).toBe('order');
});
