// Faults and worlds that end with their scope, and that are not ended twice.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminClient, createAdminClient } from '../../src/sdk/admin-client.ts';
import { type StartedServer, start } from '../../src/server/start.ts';

let server: StartedServer;
let admin: AdminClient;
beforeAll(async () => {
  server = await start({ catalog: 'small' });
  admin = createAdminClient({ url: server.admin });
});
afterAll(() => server.stop());

const status = async (world: string, path = '/v1/sessions'): Promise<number> =>
  (await fetch(`${server.upstream}/w/${world}${path}`)).status;

test('a profile is on until its scope ends', async () => {
  await using world = await admin.openWorld('scoped');
  {
    await using outage = await world.admin.on('flaky-503', { share: 1, operations: ['listSessions'], ttl: '1m' });
    expect(outage.name).toBe('flaky-503');
    expect(await status('scoped')).toBe(503);
    expect(await status('scoped', '/v1/health')).toBe(200);
  }
  expect(await status('scoped')).toBe(200);
  expect(await world.admin.activations()).toEqual([]);
});

test('a scope that throws ends what it has put in force too', async () => {
  await using world = await admin.openWorld('thrown');
  await expect(
    (async () => {
      await using _ = await world.admin.on('flaky-503');
      throw new Error('the test failed');
    })(),
  ).rejects.toThrow('the test failed');
  expect(await world.admin.rules()).toEqual([]);
});

test('a single rule takes what narrows it beside its own match', async () => {
  await using world = await admin.openWorld('ruled');
  const rule = { fault: 'error-status', with: { status: 418 }, match: { methods: ['GET'] } };
  const teapot = await world.admin.on(rule, { operations: ['getHealth'], share: 1, ttl: '1m' });
  expect(teapot.rules[0]).toMatchObject({ match: { methods: ['GET'], operations: ['getHealth'] }, share: 1 });
  expect([await status('ruled', '/v1/health'), await status('ruled')]).toEqual([418, 200]);
  expect(await teapot.close()).toMatchObject({ rules: 1 });
  expect(await status('ruled', '/v1/health')).toBe(200);
});

test('the same profile twice stands beside itself, under names that repeat from run to run', async () => {
  const names: string[][] = [];
  for (const name of ['twice-1', 'twice-2']) {
    await using world = await admin.openWorld(name);
    const first = await world.admin.on('flaky-503', { share: 1, operations: ['listSessions'] });
    const second = await world.admin.on('flaky-503', { share: 1, operations: ['getHealth'] });
    names.push([first.name, second.name]);
    expect([await status(name), await status(name, '/v1/health')]).toEqual([503, 503]);
    await first.close();
    expect([await status(name), await status(name, '/v1/health')]).toEqual([200, 503]);
    expect((await world.admin.on('flaky-503')).name).toBe('flaky-503');
  }
  expect(names).toEqual([
    ['flaky-503', 'flaky-503-2'],
    ['flaky-503', 'flaky-503-2'],
  ]);
});

test('closing twice ends once, and what has gone already is not an error', async () => {
  await using world = await admin.openWorld('gone');
  const once = await world.admin.on('flaky-503');
  expect(await once.close()).toMatchObject({ activations: 1 });
  expect(await once.close()).toMatchObject({ activations: 1 });
  const healed = await world.admin.on('flaky-503');
  await world.admin.heal();
  expect(await healed.close()).toBeNull();
  const deleted = await world.admin.on('flaky-503');
  await world.close();
  await world.close();
  expect(await deleted.close()).toBeNull();
  expect((await admin.worlds()).map(({ name }) => name)).not.toContain('gone');
});

test('a profile that was refused leaves its name free', async () => {
  await using world = await admin.openWorld('refused');
  await expect(world.admin.on('flaky-503', { share: 1, operations: ['listSesions'] })).rejects.toThrow('listSessions');
  expect((await world.admin.on('flaky-503')).name).toBe('flaky-503');
});

test('a world is deleted with its scope, and who calls it afterwards is told what that may be', async () => {
  let inside: AdminClient;
  {
    await using world = await admin.openWorld('brief', { catalog: 'small', seed: 3 });
    expect(world).toMatchObject({ name: 'brief', seed: 3, made: 'declared' });
    expect(await admin.worldInfo('brief')).toMatchObject({ seed: 3 });
    inside = world.admin;
  }
  const late = await inside.on('flaky-503').catch((error: unknown) => error);
  expect(late).toMatchObject({ code: 'world_deleted', status: 410 });
  expect(String(late)).toContain('the world brief was deleted');
  expect(String(late)).toContain('a test that has ended without waiting for all it began');
});
