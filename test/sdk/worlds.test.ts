// The client of one world among others: what is asked of it, what is asked of the process, and what is told of worlds.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminClient, createAdminClient } from '../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../src/server.ts';
import { startInProcess } from '../support/run-server.ts';

let server: RunningServer;
let admin: AdminClient;
beforeAll(async () => {
  server = await startInProcess();
  admin = createAdminClient({ url: server.admin });
});
afterAll(() => server.stop());

const status = async (path: string, base = server.upstream): Promise<number> =>
  (await fetch(`${base}${path}/v1/sessions`)).status;
const names = async (): Promise<string[]> => (await admin.worlds()).map(({ name }) => name);

test('faults, journal and clock are those of the world it was made for', async () => {
  const one = createAdminClient({ url: server.admin, world: 'one' });
  await one.addRule({ fault: 'error-status', with: { status: 418 } });
  await one.moveClock({ advance: '1h' });
  expect([await status('/w/one'), await status('/w/other'), await status('')]).toEqual([418, 200, 200]);
  expect(await one.verify({ match: { status: 418 }, count: { min: 1, max: 1 } })).toMatchObject({ count: 1 });
  expect(await one.state()).toMatchObject({ world: 'one', rules: [{ fault: 'error-status' }] });
  expect([await admin.rules(), (await admin.clock()).offsetMs]).toEqual([[], 0]);
  await one.reset();
  expect(await status('/w/one')).toBe(200);
});

test('from a client there is one for each world, and kinds, worlds, metrics and health are the same for all', async () => {
  const inside = admin.world('two').world('three');
  await inside.addRule({ fault: 'hang' });
  expect((await inside.state()).world).toBe('three');
  expect(await names()).toContain('three');
  expect(await names()).not.toContain('two');
  expect(await inside.kinds()).toEqual(await admin.kinds());
  expect((await inside.worlds()).map(({ name }) => name)).toEqual(await names());
  expect(await inside.metrics()).toMatch(/^showstopper_worlds \d+$/m);
  expect(await inside.health()).toEqual({ status: 'ok' });
  expect((await admin.world('default').state()).world).toBe('default');
});

test('the events of a world are its own', async () => {
  const four = admin.world('four');
  await four.heal();
  const leaving = new AbortController();
  const events = await four.events(leaving.signal);
  await status('');
  await status('/w/four');
  for await (const { event, data } of events) {
    if (event !== 'exchange') continue;
    const { data: own } = await four.journal({ kind: 'exchange' });
    expect(own).toMatchObject([{ operation: 'listSessions' }]);
    expect(data).toMatchObject({ requestId: own[0]?.requestId });
    break;
  }
  leaving.abort();
});

test('a world is declared with a door, found there, and deleted', async () => {
  const declared = await admin.putWorld('edge', { seed: 5, door: true });
  expect(declared).toMatchObject({ name: 'edge', seed: 5, path: '/w/edge', made: 'declared' });
  const edge = admin.world('edge');
  await edge.addRule({ fault: 'error-status', with: { status: 418 } });
  expect(await status('', declared.upstream)).toBe(418);
  expect(await admin.deleteWorld('edge')).toBeUndefined();
  await expect(edge.heal()).rejects.toMatchObject({ status: 410, problem: { code: 'world_deleted' } });
  expect(await admin.putWorld('edge')).toMatchObject({ name: 'edge', seed: 7 });
});

test('reading makes no world, and the no says what does', async () => {
  const nowhere = admin.world('nowhere');
  await expect(nowhere.rules()).rejects.toMatchObject({ status: 404, problem: { code: 'world_unknown' } });
  await expect(nowhere.rules()).rejects.toThrow(/there is no world nowhere; .*makes it/);
  await expect(nowhere.events(AbortSignal.timeout(5000))).rejects.toMatchObject({ status: 404 });
  await expect(admin.putWorld('Bad_Name')).rejects.toMatchObject({ status: 422 });
  expect(await names()).not.toContain('nowhere');
});
