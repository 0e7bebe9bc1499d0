// Tests of a user of `showstopper/node-test`; those that are to fail say so in their names.
import { strict as assert } from 'node:assert';
import { describe } from 'node:test';
import { createTest, test } from 'showstopper/node-test';
import { createShop } from './shop.ts';

const shopOf = ({ url, key }: { url: string; key: string }, timeoutMs = 20_000) =>
  createShop({ baseUrl: url, key, timeoutMs });

test('a hang costs the shop its time-out', async ({ upstream }) => {
  await upstream.on('upstream-hang', { operations: ['listSessions'] });
  await assert.rejects(shopOf(upstream, 1000).sessions());
  await upstream.toHaveReceived({ operation: 'listSessions', ended: 'client-left' }, { times: 1 });
  await upstream.toHaveReceived({ operation: 'reserveSeats' }, { times: 0 });
});

test('a world with a door', { upstream: { door: true, catalog: 'festival' } }, async ({ upstream, t }) => {
  await t.test('is what its subtests meet', async () => {
    assert.equal(new URL(upstream.url).pathname, '/');
    assert.equal((await upstream.admin.state()).catalog, 'festival');
  });
});

describe('in parallel', { concurrency: true }, () => {
  for (let n = 0; n < 10; n++)
    test(`the same seat is sold, the ${n}th time`, async ({ upstream }) => {
      const { status } = await shopOf(upstream).sell('C-7', upstream.customer(), upstream.reference());
      assert.equal(status, 200);
    });
});

test.skip('skipped', async () => assert.fail());
test.todo('to do');

let last: { admin: { rules(): Promise<unknown> }; on(profile: string): Promise<unknown> } | undefined;
test('that lends its upstream', async ({ upstream }) => {
  last = upstream;
});
test('to fail by a world whose test has ended', async () => {
  await last?.on('upstream-hang');
});
test('to fail by an admin whose test has ended', async () => {
  await last?.admin.rules();
});

test('to fail by what was received', async ({ upstream }) => {
  await shopOf(upstream).sessions();
  await upstream.toHaveReceived({ operation: 'listSessions', status: 503 }, { within: '1ms' });
});

test('to fail by a plain assertion', async ({ upstream }) => {
  await shopOf(upstream).sessions();
  assert.equal(1, 2);
});

test('to fail by its time', { timeout: 4000 }, async ({ upstream }) => {
  await upstream.on('upstream-hang');
  await shopOf(upstream, 60_000).sessions();
});

const shared = createTest({ world: 'stage' });
shared('a shared world has its own name', async ({ upstream }) => {
  assert.match(upstream.url, /\/w\/stage$/);
  await shopOf(upstream).reserve('A-1', upstream.customer());
  await upstream.on('upstream-hang');
});
shared('to fail by what it left on', async ({ upstream }) => {
  assert.deepEqual(await upstream.admin.rules(), []);
  assert.deepEqual(await upstream.admin.activations(), []);
  assert.equal((await upstream.admin.state()).boxOffice.reserved, 0);
  await upstream.admin.activate('slow-upstream');
  await upstream.admin.addRule({ fault: 'hang' });
});
shared('to fail by its own error, though it left something on', async ({ upstream }) => {
  await upstream.admin.activate('slow-upstream');
  assert.equal(1, 2);
});
shared('what was left on is gone', async ({ upstream }) => {
  assert.deepEqual(await upstream.admin.activations(), []);
  assert.deepEqual(await upstream.admin.rules(), []);
});
