// Tests of a user of `showstopper/playwright`; those that are to fail say so in their names.
import { expect, test } from 'showstopper/playwright';
import { createShop } from './shop.ts';

const shopOf = ({ url, key }: { url: string; key: string }, timeoutMs = 20_000) =>
  createShop({ baseUrl: url, key, timeoutMs });

test('a hang costs the shop its time-out', async ({ upstream }) => {
  await upstream.on('upstream-hang', { operations: ['listSessions'] });
  await expect(shopOf(upstream, 1000).sessions()).rejects.toThrow();
  await expect(upstream).toHaveReceived({ operation: 'listSessions', ended: 'client-left' }, { times: 1 });
  await expect(upstream).not.toHaveReceived({ operation: 'reserveSeats' });
});

for (const n of [1, 2, 3])
  test(`the same seat is sold, the ${n}th time`, async ({ upstream }) => {
    const { status } = await shopOf(upstream).sell('C-7', upstream.customer(), upstream.reference());
    expect(status).toBe(200);
  });

test.describe('with a door', () => {
  test.use({ upstreamOptions: { door: true, catalog: 'festival' } });

  test('a world has one', async ({ upstream }) => {
    expect(new URL(upstream.url).pathname).toBe('/');
    expect((await upstream.admin.state()).catalog).toBe('festival');
  });
});

test.describe('to fail', () => {
  test('by what was received', async ({ upstream }) => {
    await shopOf(upstream).sessions();
    await expect(upstream).toHaveReceived({ operation: 'listSessions', status: 503 }, { times: 2, within: '1ms' });
  });

  test('by a plain assertion', async ({ upstream }) => {
    await shopOf(upstream).sessions();
    expect(1).toBe(2);
  });

  test('by its time', async ({ upstream }) => {
    test.setTimeout(4000);
    await upstream.on('upstream-hang');
    await shopOf(upstream, 60_000).sessions();
  });
});
