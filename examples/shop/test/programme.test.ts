// What visitors see while the upstream is slow, silent, wrong or gone.
import { expect, test } from 'showstopper/vitest';
import { describe } from 'vitest';
import { shopOf } from './shop-of.ts';

/** For what never comes: long enough for an honest answer of a busy machine, and waited for but once or twice. */
const IMPATIENT = { timeoutMs: 1000, retries: 1 };

describe.concurrent('slow answers', () => {
  test('an answer that is late, but in time, is shown', async ({ upstream }) => {
    await upstream.on({ fault: 'latency', with: { fixed: '200ms' } });
    expect(await shopOf(upstream).programme()).toMatchObject({ isFresh: true });
    await expect(upstream).toHaveReceived({ operation: 'listSessions', ended: 'answered' }, { times: 1 });
  });

  test('a hang costs a visitor two tries of a second each, and no more', async ({ upstream }) => {
    await upstream.on('upstream-hang', { operations: ['listSessions'] });
    expect(await shopOf(upstream, IMPATIENT).programme()).toEqual({ sessions: [], isFresh: false });
    await expect(upstream).toHaveReceived({ operation: 'listSessions', ended: 'client-left' }, { times: 2 });
  });

  test('the time-out is for the body too: one that drips is not waited for', async ({ upstream }) => {
    await upstream.on({ fault: 'slow-body', with: { bytesPerSecond: 16 } });
    expect((await shopOf(upstream, IMPATIENT).programme()).isFresh).toBe(false);
    await expect(upstream).toHaveReceived({ operation: 'listSessions', ended: 'client-left' }, { times: 2 });
  });
});

describe.concurrent('errors', () => {
  test('a single 503 is hidden by a second try', async ({ upstream }) => {
    await upstream.on({ fault: 'error-status', with: { status: 503 }, limit: 1 });
    expect((await shopOf(upstream).programme()).isFresh).toBe(true);
    await expect(upstream).toHaveReceived({ operation: 'listSessions' }, { times: 2 });
  });

  test('a Retry-After of a second is waited for', async ({ upstream }) => {
    await upstream.on({ fault: 'error-status', with: { status: 503, retryAfter: '1s' }, limit: 1 });
    expect((await shopOf(upstream).programme()).isFresh).toBe(true);
    const [again, first] = (await upstream.admin.journal({ operation: 'listSessions' })).data;
    expect(Date.parse(again?.at ?? '') - Date.parse(first?.at ?? '')).toBeGreaterThanOrEqual(1000);
  });

  test('a Retry-After of ten minutes is no reason to keep a visitor: what was last heard is shown', async ({
    upstream,
  }) => {
    const shop = shopOf(upstream);
    const { sessions } = await shop.programme();
    await upstream.on('maintenance-window');
    expect(await shop.programme()).toEqual({ sessions, isFresh: false });
    await expect(upstream).toHaveReceived({ operation: 'listSessions', status: 503 }, { times: 1 });
  });

  test('a key that is refused is not tried again', async ({ upstream }) => {
    await upstream.on('key-expired');
    expect((await shopOf(upstream).programme()).isFresh).toBe(false);
    await expect(upstream).toHaveReceived({ operation: 'listSessions', status: 401 }, { times: 1 });
  });
});

describe.concurrent('answers that are none', () => {
  test.for([
    ['an HTML page with status 200', { fault: 'congestion-page', with: { status: 200 } }],
    ['a connection that closes in the middle of the answer', { fault: 'truncated-body' }],
    ['an error in a 200', { fault: 'error-in-200' }],
    ['a session without its film', { fault: 'schema-drift', with: { drift: 'drop', fields: ['film'] } }],
  ] as const)('%s is asked for again', async ([, rule], { upstream }) => {
    await upstream.on({ ...rule, limit: 1 });
    expect(await shopOf(upstream).programme()).toMatchObject({ sessions: { length: 6 }, isFresh: true });
    await expect(upstream).toHaveReceived({ operation: 'listSessions' }, { times: 2 });
  });
});

describe.concurrent('seat maps', () => {
  test('one that has not changed is not sent again', async ({ upstream }) => {
    const shop = shopOf(upstream);
    const first = await shop.seatMap('s1');
    expect(await shop.seatMap('s1')).toEqual(first);
    await expect(upstream).toHaveReceived({ operation: 'getSeatMap', status: 304 }, { times: 1 });
  });

  test('the outage of one session is not that of the others', async ({ upstream }) => {
    await using outage = await upstream.on({ fault: 'error-status', match: { paths: ['/v1/sessions/s1/**'] } });
    await expect(shopOf(upstream).seatMap('s1')).rejects.toThrow('unavailable');
    expect((await shopOf(upstream).seatMap('s2')).sessionId).toBe('s2');
    await outage.close();
    expect((await shopOf(upstream).seatMap('s1')).sessionId).toBe('s1');
  });
});
