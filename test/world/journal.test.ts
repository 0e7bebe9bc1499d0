// The journals of worlds: apart from one another, within one budget, and gone with their worlds.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../src/server.ts';
import { plainAdmin } from '../support/plain-admin.ts';
import { startInProcess } from '../support/run-server.ts';
import { ask, reserveOne } from '../support/seller.ts';

let server: RunningServer;
let admin: ReturnType<typeof plainAdmin>;
beforeAll(async () => {
  server = await startInProcess({ SHOWSTOPPER_JOURNAL_MAX_BYTES: '8KiB' });
  admin = plainAdmin(server.admin);
});
afterAll(() => server.stop());

const journalOf = async (world: string) => (await admin('GET', `/w/${world}/v1/state`)).body.journal;
async function list(world: string, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await (await fetch(`${server.upstream}/w/${world}/v1/sessions?limit=1`)).text();
}

test('worlds share the bytes of the process, and get them back when one goes', async () => {
  for (const world of ['a', 'b']) await admin('PUT', `/v1/worlds/${world}`, {});
  await list('a', 60);
  const alone = await journalOf('a');
  expect(alone.entries).toBeLessThan(50);
  expect(alone.evicted).toBe(60 - alone.entries);
  await list('b', 60);
  const both = [await journalOf('a'), await journalOf('b')];
  expect(both[0].bytes + both[1].bytes).toBeLessThanOrEqual(8 * 1024);
  expect(Math.abs(both[0].entries - both[1].entries)).toBeLessThanOrEqual(1);
  expect((await admin('DELETE', '/v1/worlds/a')).status).toBeLessThan(300);
  await list('b', 60);
  expect((await journalOf('b')).entries).toBeGreaterThan(both[1].entries * 1.5);
});

test('a verification that waits in a world ends when that is deleted', async () => {
  await admin('PUT', '/v1/worlds/c', {});
  const waiting = admin('POST', '/w/c/v1/journal/verify', { match: {}, count: { min: 1 }, within: '4m' });
  expect((await admin('DELETE', '/v1/worlds/c')).status).toBeLessThan(300);
  expect(await waiting).toMatchObject({ status: 410, body: { code: 'world_deleted' } });
});

test('what the box office says happened is in the journal of its world, in order, and gone after a reset', async () => {
  const shop = `${server.upstream}/w/shop`;
  const key = { 'X-Api-Key': 'shop' };
  const { id, sessionId } = (await reserveOne(shop, key)).body;
  expect((await ask(`${shop}/v1/reservations/${id}`, { method: 'DELETE', headers: key })).status).toBeLessThan(300);
  const lost = (await reserveOne(shop, key)).body.id;
  const events = async () => (await admin('GET', '/w/shop/v1/journal?kind=event')).body.data.toReversed();
  await admin('POST', '/w/shop/v1/clock', { advance: '1h' });
  await expect.poll(async () => (await events()).at(-1)?.happened).toBe('lapsed');
  const of = { kind: 'event', session: sessionId, client: 'shop', order: null };
  expect(await events()).toMatchObject([
    { ...of, happened: 'reserved', reservation: id },
    { ...of, happened: 'released', reservation: id },
    { ...of, happened: 'reserved', reservation: lost },
    { ...of, happened: 'lapsed', reservation: lost },
  ]);
  expect((await admin('GET', '/v1/journal?kind=event')).body.data).toEqual([]);
  await admin('POST', '/w/shop/v1/reset', {});
  expect(await events()).toEqual([]);
});
