// Tests of a user of `showstopper/vitest`; those that are to fail say so in their names.
import { expect, test } from 'showstopper/vitest';
import { describe } from 'vitest';
import { createShop } from './shop.ts';

const shopOf = ({ url, key }: { url: string; key: string }, timeoutMs?: number) =>
  createShop({ baseUrl: url, key, ...(timeoutMs && { timeoutMs }) });

test('a hang costs the shop its time-out', async ({ upstream }) => {
  await upstream.on('upstream-hang', { operations: ['listSessions'] });
  await expect(shopOf(upstream, 1000).sessions()).rejects.toThrow();
  await expect(upstream).toHaveReceived({ operation: 'listSessions', ended: 'client-left' }, { times: 1 });
  await expect(upstream).not.toHaveReceived({ operation: 'reserveSeats' });
});

test('a fault ends with its scope', async ({ upstream }) => {
  {
    await using _fault = await upstream.on('flaky-503', { share: 1 });
    expect((await shopOf(upstream).sessions()).status).toBe(503);
  }
  expect((await shopOf(upstream).sessions()).status).toBe(200);
});

test('an unpaid reservation lapses', async ({ upstream }) => {
  await shopOf(upstream).reserve('A-1', upstream.customer());
  expect((await upstream.admin.state()).boxOffice.reserved).toBe(1);
  await upstream.clock.advance('16m');
  expect((await upstream.admin.state()).boxOffice.reserved).toBe(0);
});

test('a world that its test deletes is gone already', async ({ upstream }) => {
  await upstream.admin.deleteWorld(upstream.world);
});

describe.concurrent('in parallel', () => {
  test.for(Array.from({ length: 50 }, (_, n) => n))(
    'the same seat is sold, the %ith time',
    async (_, { upstream, expect: own }) => {
      const { status } = await shopOf(upstream).sell('C-7', upstream.customer(), upstream.reference());
      own(status).toBe(200);
      await upstream.toHaveReceived({ operation: 'completeOrder', status: 200 }, { times: 1 });
    },
  );
});

describe('with a door', () => {
  test.override({ upstreamOptions: { door: true, catalog: 'festival' } });

  test('connections are refused', async ({ upstream }) => {
    expect(new URL(upstream.url).pathname).toBe('/');
    expect((await upstream.admin.state()).catalog).toBe('festival');
    await upstream.on('cannot-connect');
    await expect(shopOf(upstream).sessions()).rejects.toThrow();
  });
});

describe('draws', () => {
  test.for(['one', 'other'])('of %s', async (_, { upstream }) => {
    await upstream.on('flaky-503', { share: 0.5 });
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++) statuses.push((await shopOf(upstream).sessions()).status);
    process.stdout.write(`draws ${upstream.key} ${statuses.join(' ')}\n`);
  });
});

describe('to fail in a world with a name', () => {
  test.override({ upstreamOptions: { world: 'stage' } });

  test('by what it left on', async ({ upstream }) => {
    await upstream.admin.activate('slow-upstream');
  });

  test('by its own error, though it left something on', async ({ upstream }) => {
    await upstream.admin.activate('slow-upstream');
    expect(1).toBe(2);
  });
});

describe('to fail', () => {
  test('by what was received', async ({ upstream }) => {
    await upstream.on('flaky-503', { share: 1 });
    await shopOf(upstream).sessions();
    await expect(upstream).toHaveReceived({ operation: 'listSessions', status: 200 }, { times: 2, within: '1ms' });
  });

  test('by a plain assertion', async ({ upstream }) => {
    await shopOf(upstream).sessions();
    expect(1).toBe(2);
  });

  test('by two tries', { retry: 1 }, async ({ upstream }) => {
    await shopOf(upstream).sessions();
    expect(1).toBe(2);
  });

  test('by its time', async ({ upstream }) => {
    await upstream.on('upstream-hang');
    await shopOf(upstream, 60_000).sessions();
  }, 4000);

  test('by an operation that does not exist', async ({ upstream }) => {
    await expect(upstream).toHaveReceived({ operation: 'listSession' });
  });

  test('by times with not', async ({ upstream }) => {
    await expect(upstream).not.toHaveReceived({}, { times: 1 });
  });
});
