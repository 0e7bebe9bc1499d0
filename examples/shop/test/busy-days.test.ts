// Quotas, crowds and long outages: the shop takes its share, and no more.
import { expect, test } from 'showstopper/vitest';
import { describe } from 'vitest';
import { purchaseOf, shopOf } from './shop-of.ts';

describe.concurrent('a busy day', () => {
  test('after five failures in a row the upstream is left alone', async ({ upstream }) => {
    await upstream.on({ fault: 'error-status', with: { status: 503 } });
    const shop = shopOf(upstream, { retries: 0, openMs: 60_000 });
    for (let visitor = 0; visitor < 20; visitor++) await shop.programme();
    await expect(upstream).toHaveReceived({ operation: 'listSessions' }, { times: 5 });
  });

  test('once the upstream is back, the shop is too', async ({ upstream, expect }) => {
    const shop = shopOf(upstream, { retries: 0, openMs: 20 });
    {
      await using _outage = await upstream.on({ fault: 'error-status' });
      for (let visitor = 0; visitor < 6; visitor++) expect((await shop.programme()).isFresh).toBe(false);
    }
    await expect.poll(() => shop.programme(), { timeout: 20_000 }).toMatchObject({ isFresh: true });
  });

  test('past its quota the shop waits, and sells', async ({ upstream }) => {
    await upstream.on({ fault: 'rate-limit', with: { quota: 2, window: '1s' } });
    expect(await shopOf(upstream).buy(purchaseOf(upstream))).toMatchObject({ result: 'sold' });
    await expect(upstream).toHaveReceived({ status: 429 }, { times: { min: 1, max: 3 } });
  });

  test('where two calls at once are allowed, the shop never makes a third', async ({ upstream }) => {
    await upstream.on({ fault: 'concurrency-limit', with: { limit: 2 } });
    await upstream.on({ fault: 'latency', with: { fixed: '50ms' } });
    const shop = shopOf(upstream, { maxConcurrent: 2 });
    await Promise.all(Array.from({ length: 8 }, () => shop.programme()));
    await expect(upstream).not.toHaveReceived({ status: 429 });
  });

  test('a crowd before a full queue costs tries, and no sale', async ({ upstream }) => {
    const { admin } = upstream;
    await admin.setCapacity({ servers: 1, serviceTime: { mean: '60s' }, queue: 0, rejectCost: '0s' });
    await admin.setCrowd({ arrivals: { base: 500 }, classes: [{ policy: 'naive', share: 1, timeout: 'never' }] });
    await admin.waitFor(({ capacity }) => (capacity?.totals.shed ?? 0) > 0);
    const sale = shopOf(upstream, { retries: 20, failuresToOpen: 100 }).buy(purchaseOf(upstream));
    await expect(upstream).toHaveReceived({ operation: 'reserveSeats', status: 503 }, { within: '20s' });
    await admin.setCrowd(null);
    await admin.setCapacity(null);
    expect(await sale).toMatchObject({ result: 'sold' });
  });
});
