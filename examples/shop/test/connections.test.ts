// Connections that are refused, reset, or lead nowhere. Such faults act on a door, so each world has one of its own.
import { connect } from 'node:net';
import { expect, test } from 'showstopper/vitest';
import { describe } from 'vitest';
import { purchaseOf, shopOf } from './shop-of.ts';

const IMPATIENT = { timeoutMs: 1000, retries: 1 };

describe.concurrent('at a door of its own', () => {
  test.override({ upstreamOptions: { door: true } });

  test('while connections are refused, what was last heard is shown', async ({ upstream }) => {
    const shop = shopOf(upstream);
    const { sessions } = await shop.programme();
    await upstream.on({ fault: 'refuse-connection', connections: 'sever' });
    expect(await shop.programme()).toEqual({ sessions, isFresh: false });
  });

  test('a connect that nobody answers costs a time-out', async ({ upstream }) => {
    await upstream.on('connect-timeout');
    expect((await shopOf(upstream, IMPATIENT).programme()).isFresh).toBe(false);
  });

  test('a connection that is reset at once is opened again', async ({ upstream }) => {
    const { name: rule } = await upstream.on({ fault: 'reset-connection', limit: 1 });
    expect((await shopOf(upstream).programme()).isFresh).toBe(true);
    await expect(upstream).toHaveReceived({ operation: 'connect', rule }, { times: 1 });
  });

  test('a kept-alive connection that dies under a sale sells once', async ({ upstream }) => {
    await upstream.on({ fault: 'reset-after', with: { afterBytes: 900 } });
    expect((await shopOf(upstream).buy(purchaseOf(upstream))).result).toBe('sold');
    expect((await upstream.admin.state()).boxOffice).toMatchObject({ sold: 2, orders: 1 });
  });

  test('a place in the line of connections is waited for', async ({ upstream }) => {
    const { admin, url } = upstream;
    await upstream.on({ fault: 'connection-slots', with: { slots: 1 } });
    const other = connect(Number(new URL(url).port), '127.0.0.1'); // takes the one that is served
    await admin.waitFor(({ connections }) => connections === 1);
    const programme = shopOf(upstream).programme();
    await admin.waitFor(({ connections }) => connections === 2);
    other.destroy();
    expect((await programme).isFresh).toBe(true);
  });

  test('after a restart of all its nodes, the upstream’s books and the shop’s agree', async ({ upstream }) => {
    const shop = shopOf(upstream, { openMs: 20 });
    await upstream.admin.playScenario('rolling-restart', { speed: 600 }); // sixteen minutes in under two seconds
    const references: string[] = [];
    for (let n = 0; n < 30; n++) {
      const purchase = { seats: [`${'ABC'[n % 3]}-${Math.floor(n / 3) + 1}`], customerRef: upstream.customer(n) };
      references.push(upstream.reference(n));
      await shop.buy(purchaseOf(upstream, { ...purchase, reference: upstream.reference(n) }));
    }
    await upstream.admin.waitFor(({ playback }) => playback.status === 'ended', { within: '20s' });
    const settled = await Promise.all(references.map((reference) => shop.settle(reference)));
    expect(settled).toContainEqual(expect.objectContaining({ result: 'sold' }));
    const orders = references.map((externalRef, n) => ({ externalRef, completed: settled[n]?.result === 'sold' }));
    const { agree, differences } = await upstream.admin.reconcile({ client: upstream.key, orders });
    expect({ agree, differences }).toEqual({ agree: true, differences: [] });
  });
});
