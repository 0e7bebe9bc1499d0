// Completions that are done and not answered, over real sockets: who orders anew sells twice and fails its gate, who asks first does not.
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Scorecard } from '../src/admin/contract/scorecard.ts';
import { type AdminClient, createAdminClient } from '../src/sdk/admin-client.ts';
import type { RunningServer } from '../src/server.ts';
import { startInProcess } from './support/run-server.ts';
import { type Asked, ask } from './support/seller.ts';

const CARTS = 8;
/** How long a shop waits for a completion. */
const PATIENCE_MS = 1500;
/** An answer is lost so often in a row, at most. */
const MAX_REPEATS = 40;

let server: RunningServer;

beforeAll(async () => {
  server = await startInProcess({ SHOWSTOPPER_SEED: '7' });
  return () => server.stop();
});

interface Shop {
  readonly url: string;
  readonly name: string;
}

interface Cart {
  readonly order: string;
  readonly externalRef: string;
  readonly customerRef: string;
}

const post = ({ url, name }: Shop, path: string, json: object, key: string, signal?: AbortSignal): Promise<Asked> =>
  ask(url + path, {
    ...{ method: 'POST', json, ...(signal && { signal }) },
    headers: { Authorization: `Bearer ${name}`, 'Idempotency-Key': key },
  });

/** Reserves and orders for one buyer. */
async function order(
  shop: Shop,
  session: string,
  customerRef: string,
  externalRef: string,
  attempt = 0,
): Promise<Cart> {
  const seats = { bestAvailable: { count: 1 }, customerRef };
  const held = await post(shop, `/v1/sessions/${session}/reservations`, seats, `hold-${externalRef}-${attempt}`);
  const wanted = {
    ...{ reservationId: held.body.id, externalRef, payment: { method: 'seller' } },
    customer: { name: 'Ada', phone: customerRef },
  };
  const made = await post(shop, '/v1/orders', wanted, `order-${externalRef}-${attempt}`);
  return { order: made.body.id, externalRef, customerRef };
}

/** Undefined where nobody knows what became of it. */
const complete = async (shop: Shop, { order: id }: Cart, key: string): Promise<Asked | undefined> => {
  const asked = await post(shop, `/v1/orders/${id}/complete`, {}, key, AbortSignal.timeout(PATIENCE_MS)).catch(
    () => undefined,
  );
  return asked && asked.status < 500 ? asked : undefined;
};

async function sellAll(shop: Shop, session: string, whenUnknown: (cart: Cart) => Promise<unknown>): Promise<void> {
  const carts = await Promise.all(
    Array.from({ length: CARTS }, (_, n) => order(shop, session, `c-${shop.name}-${n}`, `cart-${n}`)),
  );
  await Promise.all(
    carts.map(async (cart) => {
      if (!(await complete(shop, cart, `pay-${cart.order}`))) await whenUnknown(cart);
    }),
  );
}

/** A world of its own in which most completions are done and not answered. */
async function doubtful(name: string): Promise<{ shop: Shop; admin: AdminClient; session: string }> {
  const root = createAdminClient({ url: server.admin });
  await root.putWorld(name);
  onTestFinished(() => root.deleteWorld(name));
  const admin = root.world(name);
  await admin.activate('ambiguous-completion');
  const shop = { url: `${server.upstream}/w/${name}`, name: 'shop' };
  const { body } = await ask(`${shop.url}/v1/sessions?status=on_sale&limit=1`, {
    headers: { Authorization: 'Bearer shop' },
  });
  return { shop, admin, session: body.data[0].id };
}

const verdictsOf = ({ criteria }: Scorecard): Record<string, string> =>
  Object.fromEntries(criteria.map(({ name, verdict }) => [name, verdict]));

async function judged(admin: AdminClient): Promise<Scorecard> {
  const [scorecard] = await admin.scorecard({ client: 'shop' });
  if (!scorecard) throw new Error('nobody was judged');
  return scorecard;
}

test('a shop that orders anew where it knows nothing sells twice, and fails its gate', async () => {
  const { shop, admin, session } = await doubtful('naive');
  await sellAll(shop, session, async (cart) => {
    const again = await order(shop, session, cart.customerRef, cart.externalRef, 1);
    await complete(shop, again, `pay-${again.order}`);
  });
  const scorecard = await judged(admin);
  expect(verdictsOf(scorecard)['duplicate-orders']).toBe('fail');
  expect(scorecard.gate).toBe('fail');
  const { evidence } = scorecard.criteria.find(({ name }) => name === 'duplicate-orders') ?? { evidence: [] };
  const { data } = await admin.journal({ operation: 'completeOrder', limit: 100 });
  const known = new Set(data.map((entry) => (entry.kind === 'exchange' ? entry.requestId : '')));
  expect(evidence.some((id) => known.has(id))).toBe(true);
});

test('a shop that asks what became of its orders, and repeats under its key, ends clean', async () => {
  const { shop, admin, session } = await doubtful('asks-first');
  const headers = { Authorization: 'Bearer shop' };
  await sellAll(shop, session, async (cart) => {
    const { body } = await ask(`${shop.url}/v1/orders?externalRef=${cart.externalRef}`, { headers });
    expect(body.data).toMatchObject([{ id: cart.order, status: 'completed' }]);
  });
  const scorecard = await judged(admin);
  expect(verdictsOf(scorecard)).toMatchObject({ 'duplicate-orders': 'pass', 'ambiguity-resolved': 'pass' });
  expect(scorecard.gate).not.toBe('fail');
});

test('a shop that repeats under its key until it is answered passes the whole gate', async () => {
  const { shop, admin, session } = await doubtful('repeats');
  await sellAll(shop, session, async (cart) => {
    for (let n = 0; n < MAX_REPEATS; n++) if (await complete(shop, cart, `pay-${cart.order}`)) return;
    throw new Error(`${cart.order} was never answered`);
  });
  const scorecard = await judged(admin);
  const gates = scorecard.criteria
    .filter(({ counts }) => counts === 'gate')
    .map(({ name, verdict }) => [name, verdict]);
  expect(Object.fromEntries(gates)).toEqual({
    ...{ 'idempotency-keys': 'pass', 'duplicate-orders': 'pass', 'ambiguity-resolved': 'pass' },
  });
  expect(scorecard.gate).toBe('pass');
});
