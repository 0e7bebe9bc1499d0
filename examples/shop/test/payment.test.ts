// Buyers who pay at the upstream's own page, and webhooks that are lost, doubled or forged.
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, expect, type Upstream } from 'showstopper/vitest';
import { describe } from 'vitest';
import { purchaseOf, shopOf } from './shop-of.ts';

const CARD = { method: 'redirect', returnUrl: 'http://127.0.0.1/thanks' } as const;

/** A shop that the upstream tells of what happens. */
const test = base.extend('shop', async ({ upstream }, { onCleanup }) => {
  const shop = shopOf(upstream);
  let secret = '';
  const server: Server = shop.webhookServer(() => secret).listen(0, '127.0.0.1');
  onCleanup(() => void server.close());
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  secret = (await upstream.admin.addWebhook({ client: upstream.key, url, events: ['order.paid'] })).secret ?? '';
  return shop;
});

/** Sends the card form as a browser does. */
const payWithCard = (url: string) =>
  fetch(url, { method: 'POST', body: new URLSearchParams({ attempt: '1', card: 'succeeds' }), redirect: 'manual' });

const isSold = (upstream: Upstream) =>
  upstream.admin.waitFor(({ boxOffice }) => boxOffice.sold === 2, { within: '20s', what: 'two seats to be sold' });

describe.concurrent('payment', () => {
  test('a buyer whose way back is lost has the tickets all the same', async ({ upstream, shop }) => {
    await upstream.on('return-lost');
    const outcome = await shop.buy(purchaseOf(upstream), CARD);
    await expect(payWithCard(outcome.result === 'unpaid' ? outcome.redirectUrl : '')).rejects.toThrow();
    await isSold(upstream);
  });

  test('a webhook that comes three times is worked off once', async ({ upstream, shop }) => {
    await upstream.on({ fault: 'duplicate-webhook', with: { copies: 3 } });
    const outcome = await shop.buy(purchaseOf(upstream), CARD);
    await payWithCard(outcome.result === 'unpaid' ? outcome.redirectUrl : '');
    await upstream.admin.waitFor(({ webhooks, boxOffice }) => boxOffice.sold === 2 && webhooks.queued === 0);
    await expect(upstream).toHaveReceived({ operation: 'completeOrder' }, { times: 1 });
    await expect(upstream).toHaveReceived({ operation: 'findOrders' }, { times: 3 }); // unpaid, paid, completed
  });

  test('a webhook that is never sent is made up for by looking', async ({ upstream, shop }) => {
    await upstream.on({ fault: 'lost-webhook' });
    const outcome = await shop.buy(purchaseOf(upstream), CARD);
    await payWithCard(outcome.result === 'unpaid' ? outcome.redirectUrl : '');
    expect(await shop.settle(upstream.reference())).toMatchObject({ result: 'sold' });
  });

  test('a webhook with a forged signature is refused', async ({ upstream, shop }) => {
    await upstream.on({ fault: 'bad-signature' });
    const outcome = await shop.buy(purchaseOf(upstream), CARD);
    await payWithCard(outcome.result === 'unpaid' ? outcome.redirectUrl : '');
    await expect
      .poll(async () => (await upstream.admin.webhookDeliveries()).data[0]?.attempts[0]?.status, { timeout: 20_000 })
      .toBe(401);
    await expect(upstream).not.toHaveReceived({ operation: 'completeOrder' });
  });

  test('who never pays loses the seats after a quarter of an hour', async ({ upstream, shop }) => {
    expect(await shop.buy(purchaseOf(upstream), CARD)).toMatchObject({ result: 'unpaid' });
    await upstream.clock.advance('16m');
    expect(await shop.settle(upstream.reference())).toEqual({ result: 'refused', reason: 'expired' });
    expect((await upstream.admin.state()).boxOffice).toMatchObject({ reserved: 0, sold: 0 });
  });
});
