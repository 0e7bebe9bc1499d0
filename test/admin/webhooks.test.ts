// Webhooks over the admin API: endpoints, deliveries and secrets, who may see what, and what is written down of it.
import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { AdminError } from '../../src/sdk/errors.ts';
import { startServer } from '../../src/server.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { type Receiver, receiver } from '../support/receivers.ts';

const SECRET = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;
const PRIVATE = { SHOWSTOPPER_PORT: '0', SHOWSTOPPER_ADMIN_PORT: '0', SHOWSTOPPER_CATALOG: 'small' };

async function open(env: Record<string, string> = {}) {
  const log = await createLog({ level: 'silent', destination: { write: () => {} } });
  const server = await startServer(readConfig({}, { ...PRIVATE, ...env }), { log });
  onTestFinished(() => server.stop());
  return { ...server, client: createAdminClient({ url: server.admin, token: env.SHOWSTOPPER_ADMIN_TOKEN }) };
}

interface Answered {
  readonly id: string;
  readonly data?: readonly { readonly id: string }[];
}

/** Buys two seats as this seller, by the API; gives the id of the completed order. */
async function buy(upstream: string, seller = 'seller-a'): Promise<string> {
  const call = async (path: string, body?: object): Promise<Answered> => {
    const headers = {
      authorization: `Bearer ${seller}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
    const response = await fetch(`${upstream}/v1${path}`, init);
    expect(response.status).toBeLessThan(300);
    return (await response.json()) as Answered;
  };
  const { data } = await call('/sessions?status=on_sale');
  const count = { bestAvailable: { count: 2 }, customerRef: randomUUID() };
  const { id: reservationId } = await call(`/sessions/${data?.[0]?.id}/reservations`, count);
  const customer = { name: 'Ada Lovelace', phone: '09120000000' };
  const order = await call('/orders', { reservationId, customer, externalRef: 'x', payment: { method: 'seller' } });
  await call(`/orders/${order.id}/complete`, {});
  return order.id;
}

const refused = async (asked: Promise<unknown>): Promise<AdminError> => {
  const error = await asked.then(() => undefined).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AdminError);
  return error as AdminError;
};

const verified = (secret: string, { received }: Receiver, at = 0): unknown =>
  new Webhook(secret).verify(received[at]?.body ?? '', received[at]?.headers as Record<string, string>);

describe('an endpoint', () => {
  test('hears of what happens to its client, in what the public package verifies', async () => {
    const { client, upstream } = await open();
    const hook = await receiver();
    const added = await client.addWebhook({ client: 'seller-a', url: hook.url.href });
    await buy(upstream, 'seller-b');
    const orderId = await buy(upstream);
    await expect.poll(() => hook.received.length).toBe(1);
    const body = { type: 'order.completed', data: { id: orderId, orderId, externalRef: 'x', world: 'default' } };
    expect(verified(added.secret ?? '', hook)).toMatchObject(body);
    await expect.poll(async () => (await client.webhookDeliveries({ status: 'delivered' })).data.length).toBe(1);
    const [delivery] = (await client.webhookDeliveries({ endpoint: added.id })).data;
    expect(delivery).toMatchObject({ webhookId: hook.received[0]?.headers['webhook-id'], attempts: [{ status: 200 }] });
    await client.redeliverWebhook(delivery?.id ?? '');
    await expect.poll(() => hook.received.length).toBe(2);
    await client.deleteWebhook(added.id);
    expect(await client.webhooks()).toEqual([]);
    expect(await refused(client.deleteWebhook(added.id))).toMatchObject({ status: 404 });
  });

  test('belongs to its world, and survives a reset of it, but not its end', async () => {
    const { client, upstream } = await open();
    const hook = await receiver();
    const a = client.world('a');
    await a.addWebhook({ client: 'seller-a', url: hook.url.href });
    expect(await client.webhooks()).toEqual([]);
    await a.reset();
    await buy(`${upstream}/w/a`);
    await expect.poll(() => hook.received.length).toBe(1);
    expect(JSON.parse(hook.received[0]?.body ?? '').data.world).toBe('a');
    await client.deleteWorld('a');
    expect((await client.metrics()).match(/showstopper_webhook_attempts_total\{outcome="delivered"\} (\d+)/)?.[1]).toBe(
      '1',
    );
  });

  test('of a host that is not listed is refused with the setting; of a bad URL with its place', async () => {
    const { client } = await open({ SHOWSTOPPER_WEBHOOK_HOSTS: 'shop.test:8080' });
    for (const url of ['http://10.0.0.1/', 'http://shop.test/', 'http://169.254.169.254/'])
      expect(await refused(client.addWebhook({ client: 'seller-a', url }))).toMatchObject({
        status: 422,
        message: expect.stringMatching(/SHOWSTOPPER_WEBHOOK_HOSTS/),
      });
    await client.addWebhook({ client: 'seller-a', url: 'http://shop.test:8080/hook' });
    expect(await refused(client.addWebhook({ client: 'seller-a', url: 'nowhere' }))).toMatchObject({ status: 400 });
    expect(await refused(client.addWebhook({ client: 'crowd', url: 'http://127.0.0.1/' }))).toMatchObject({
      status: 422,
    });
  });

  test('shows neither user nor password nor secrets in its query, to nobody', async () => {
    const { client, admin } = await open({ SHOWSTOPPER_ADMIN_TOKEN: 'adm', SHOWSTOPPER_VIEWER_TOKEN: 'view' });
    await client.addWebhook({ client: 'seller-a', url: 'http://me:hush@127.0.0.1:1/h?token=hush&a=1' });
    const viewer = createAdminClient({ url: admin, token: 'view' });
    expect((await viewer.webhooks())[0]?.url).toBe('http://[redacted]@127.0.0.1:1/h?token=[redacted]&a=1');
    const actions = await (await fetch(`${admin}/v1/actions`, { headers: { authorization: 'Bearer adm' } })).text();
    expect(actions).toContain('add-webhook');
    expect(actions).not.toMatch(/hush|whsec_/);
    expect(await refused(viewer.addWebhook({ client: 'seller-a', url: 'http://127.0.0.1/' }))).toMatchObject({
      status: 403,
    });
  });
});

describe('a secret', () => {
  test('is shown once, and after a rotation both sign', async () => {
    const { client, upstream } = await open();
    const hook = await receiver();
    const { secret: first = '' } = await client.addWebhook({ client: 'seller-a', url: hook.url.href });
    expect(first).toMatch(/^whsec_/);
    const other = await client.addWebhook({ client: 'seller-a', url: `${hook.url}2`, events: ['order.paid'] });
    expect('secret' in other).toBe(false);
    const { secret: second } = await client.rotateWebhookSecret('seller-a');
    await buy(upstream);
    await expect.poll(() => hook.received.length).toBe(1);
    for (const secret of [first, second]) expect(verified(secret, hook)).toMatchObject({ type: 'order.completed' });
  });

  test('of a setting signs and is never shown, and endpoints of a setting are there from the start', async () => {
    const hook = await receiver();
    const { client, upstream } = await open({
      SHOWSTOPPER_WEBHOOKS: `seller-a=${hook.url}`,
      SHOWSTOPPER_WEBHOOK_SECRETS: `seller-a=${SECRET}`,
    });
    expect(await client.webhooks()).toMatchObject([{ client: 'seller-a', url: hook.url.href, queued: 0 }]);
    expect('secret' in (await client.addWebhook({ client: 'seller-a', url: `${hook.url}2` }))).toBe(false);
    await buy(upstream);
    await expect.poll(() => hook.received.length).toBe(2);
    expect(verified(SECRET, hook)).toMatchObject({ type: 'order.completed' });
  });
});

describe('rules on webhooks', () => {
  test('are armed like all others, and a receiver that verifies rejects what is badly signed', async () => {
    const { client, upstream } = await open();
    const hook = await receiver();
    const { secret = '' } = await client.addWebhook({ client: 'seller-a', url: hook.url.href });
    await client.addRule({ fault: 'bad-signature', match: { events: ['order.completed'] } });
    await buy(upstream);
    await expect.poll(() => hook.received.length).toBe(1);
    expect(() => verified(secret, hook)).toThrow(/No matching signature/);
    expect(await client.rules()).toMatchObject([{ fault: 'bad-signature', acted: 1 }]);
    expect((await client.webhookDeliveries()).data).toMatchObject([{ rules: ['rule/1'] }]);
    expect(await client.metrics()).toContain('showstopper_rule_hits_total{fault="bad-signature"} 1');
    await client.heal();
    await buy(upstream);
    await expect.poll(() => hook.received.length).toBe(2);
    expect(verified(secret, hook, 1)).toMatchObject({ type: 'order.completed' });
  });

  test('are lost with webhooks-lost, and all hangs together with webhook-storm', async () => {
    const { client } = await open();
    for (const profile of ['webhooks-lost', 'webhook-storm'])
      expect((await client.activate(profile)).excluded).toEqual([]);
  });
});

test('a receiver that hangs costs one beside it nothing', async () => {
  const { client, upstream } = await open();
  const [hanging, fast] = [await receiver(() => {}), await receiver()];
  await client.addWebhook({ client: 'seller-a', url: hanging.url.href });
  await client.addWebhook({ client: 'seller-a', url: fast.url.href });
  for (let i = 0; i < 10; i++) await buy(upstream);
  await expect.poll(() => fast.received.length).toBe(10);
  expect(hanging.received).toHaveLength(1);
  expect(await client.webhooks()).toMatchObject([{ queued: 10 }, { queued: 0 }]);
  expect((await client.state()).webhooks).toEqual({ endpoints: 2, queued: 10, dropped: 0 });
});
