// Shops against a real server whose completions are done while most answers are lost: their gates tell them apart.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../src/index.ts';
import { type AdminClient, createAdminClient } from '../src/sdk/admin-client.ts';
import { startInProcess } from './support/run-server.ts';
import { ask } from './support/seller.ts';

const CUSTOMERS = 10;
const PATIENCE_MS = 300;
const MAX_TRIES = 40;

let server: RunningServer;
let admin: AdminClient;

beforeAll(async () => {
  server = await startInProcess({ SHOWSTOPPER_SEED: '7' });
  admin = createAdminClient({ url: server.admin });
  await admin.activate('ambiguous-completion');
});
afterAll(() => server.stop());

/** One shop's calls. */
function shopOf(name: string) {
  let keys = 0;
  const headers = { Authorization: `Bearer ${name}` };
  const post = (path: string, json: unknown, key = `${name}-${++keys}`, signal?: AbortSignal) =>
    ask(`${server.upstream}${path}`, {
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': key },
      json,
      ...(signal && { signal }),
    });
  return {
    async order(reference: string): Promise<string> {
      const { body } = await ask(`${server.upstream}/v1/sessions?status=on_sale&limit=1`, { headers });
      const seats = { bestAvailable: { count: 1 }, customerRef: `customer-${reference}` };
      const reserved = await post(`/v1/sessions/${body.data[0].id}/reservations`, seats);
      const customer = { name: 'Ada', phone: `0912-${reference}` };
      const payment = { method: 'seller' };
      const order = { reservationId: reserved.body.id, externalRef: reference, customer, payment };
      return (await post('/v1/orders', order)).body.id;
    },
    /** Whether it was told that all is well, before it gave up. */
    async isCompleted(order: string, key: string): Promise<boolean> {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const answer = await post(`/v1/orders/${order}/complete`, {}, key, signal).catch(() => undefined);
      return answer?.status === 200;
    },
    async isSold(reference: string): Promise<boolean> {
      const { body } = await ask(`${server.upstream}/v1/orders?externalRef=${reference}`, { headers });
      return body.data.some(({ status }: { status: string }) => status === 'completed');
    },
  };
}

async function gateOf(client: string) {
  const [scorecard] = await admin.scorecard({ client });
  const verdictOf = (name: string) => scorecard?.criteria.find((row) => row.name === name)?.verdict;
  return {
    gate: scorecard?.gate,
    duplicates: verdictOf('duplicate-orders'),
    ambiguity: verdictOf('ambiguity-resolved'),
    keys: verdictOf('idempotency-keys'),
  };
}

const references = (shop: string) => Array.from({ length: CUSTOMERS }, (_, n) => `${shop}-${n}`);

test('a shop that orders again where it was not told that all is well ends with duplicates', async () => {
  const shop = shopOf('naive');
  for (const reference of references('naive')) {
    const isCompleted = await shop.isCompleted(await shop.order(reference), `${reference}-1`);
    if (!isCompleted) await shop.isCompleted(await shop.order(reference), `${reference}-2`);
  }
  expect(await gateOf('naive')).toMatchObject({ gate: 'fail', duplicates: 'fail' });
});

test('a shop that asks what became of its order ends clean', async () => {
  const shop = shopOf('asking');
  for (const reference of references('asking')) {
    const order = await shop.order(reference);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      if (await shop.isCompleted(order, `${reference}-1`)) break;
      if (await shop.isSold(reference)) break;
    }
  }
  const found = await gateOf('asking');
  expect(found).toMatchObject({ duplicates: 'pass', ambiguity: 'pass' });
  expect(found.gate).not.toBe('fail');
});

test('a shop that repeats under the same key passes the whole gate', async () => {
  const shop = shopOf('repeating');
  for (const reference of references('repeating')) {
    const order = await shop.order(reference);
    for (let tries = 0; tries < MAX_TRIES; tries++) if (await shop.isCompleted(order, `${reference}-1`)) break;
  }
  expect(await gateOf('repeating')).toEqual({ gate: 'pass', duplicates: 'pass', ambiguity: 'pass', keys: 'pass' });
});
