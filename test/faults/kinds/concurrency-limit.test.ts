// concurrency-limit: so many of a client's requests under way, whatever ends them.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { askList, describeKind, leaveHeld } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { ask } from '../../support/seller.ts';

describeKind('concurrency-limit', { limit: 0 });

describe('concurrency-limit', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  const limited = (limit: number): void =>
    upstream.arm({ fault: 'concurrency-limit', with: { limit } }, { fault: 'hang', match: { methods: ['GET'] } });
  const held = () => upstream.world.holds.size;

  test('what is under way beyond the limit is turned away at once, and told when to come back', async () => {
    limited(2);
    const watched = [askList(upstream), askList(upstream)];
    await expect.poll(held).toBe(2);
    const refused = await ask(`${upstream.url}/v1/sessions`);
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_concurrent']);
    expect(refused.headers.get('retry-after')).toBe('1');
    await upstream.heal();
    await Promise.all(watched);
  });

  test('one that ends makes room, also when its client left', async () => {
    limited(1);
    await leaveHeld(upstream);
    await expect.poll(held).toBe(0);
    const next = askList(upstream);
    await expect.poll(held).toBe(1);
    expect((await askList(upstream)).status).toBe(429);
    await upstream.heal();
    await next;
  });

  test('answered ones make room, and those turned away take none', async () => {
    upstream.arm({ fault: 'concurrency-limit', with: { limit: 1 } });
    for (let i = 0; i < 5; i++) expect((await ask(`${upstream.url}/v1/health`)).status).toBe(200);
  });

  test('each client has its own limit', async () => {
    limited(1);
    const watched = askList(upstream);
    await expect.poll(held).toBe(1);
    const other = { headers: { 'X-Api-Key': 'seller-b' }, method: 'DELETE' };
    expect((await ask(`${upstream.url}/v1/reservations/none`, other)).status).toBe(404);
    await upstream.heal();
    await watched;
  });

  test('2,000 under way at once are all counted and all let go', async () => {
    limited(2000);
    const watched = Array.from({ length: 2000 }, () => askList(upstream, 30_000));
    await expect.poll(held).toBe(2000);
    expect((await askList(upstream)).status).toBe(429);
    upstream.world.engine.end(upstream.world.engine.rules.filter(({ fault }) => fault.name === 'hang'));
    await upstream.world.holds.release('drop');
    await Promise.all(watched);
    expect((await askList(upstream)).status).toBe(200);
  });
});
