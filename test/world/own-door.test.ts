// A door of its own: what it may use, what strikes there, and that its troubles are its world's.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MAX_DARK_DOORS } from '../../src/wire/door/door-conditions.ts';
import { openRaw } from '../support/raw-socket.ts';
import { startInProcess } from '../support/run-server.ts';
import { letGo, openServer, portOf, statusAt, takePort } from './own-doors.ts';

test('at its share of connections only this door stops accepting, and it opens again when there is room', async () => {
  const { upstream, admin, declare } = await openServer({ SHOWSTOPPER_MAX_CONNECTIONS: '40' });
  const [edge, other] = [await declare('edge'), await declare('other')];
  const sockets = await Promise.all(Array.from({ length: 10 }, () => openRaw(portOf(edge))));
  const state = async () => (await admin('GET', '/w/edge/v1/state')).body;
  await expect.poll(async () => (await state()).connections).toBe(10);
  expect(await statusAt(edge)).toBe(0);
  expect(await Promise.all([upstream, other].map((url) => statusAt(url)))).toEqual([200, 200]);
  expect((await state()).doorTroubles).toEqual([]);
  expect((await admin('GET', '/readyz')).status).toBe(200);
  for (const { socket } of sockets) socket.destroy();
  await expect.poll(() => statusAt(edge)).toBe(200);
});

test('a world that goes gives its connections back', async () => {
  const { upstream, admin, declare } = await openServer({ SHOWSTOPPER_MAX_CONNECTIONS: '8' });
  for (const world of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const door = await declare(world);
    await Promise.all([openRaw(portOf(door)), openRaw(portOf(door))]);
    await expect.poll(async () => (await admin('GET', `/w/${world}/v1/state`)).body.connections).toBe(2);
    expect((await admin('DELETE', `/v1/worlds/${world}`)).status).toBe(204);
  }
  expect(await statusAt(upstream)).toBe(200);
});

test('a port that cannot be taken back shows in the state of its world and in its heal, not in readyz', async () => {
  const { upstream, admin, declare } = await openServer();
  const edge = await declare('edge');
  const troubles = async (world: string) => (await admin('GET', `${world}/v1/state`)).body.doorTroubles;
  expect((await admin('POST', '/w/edge/v1/profiles/cannot-connect/activate', {})).status).toBe(200);
  expect(await statusAt(edge)).toBe(0);
  const thief = await takePort(portOf(edge));

  const refused = await admin('POST', '/w/edge/v1/heal', {});
  expect([refused.status, refused.body]).toMatchObject([
    503,
    { code: 'door_stuck', rules: 1, detail: expect.stringContaining('doorTroubles of /w/edge/v1/state says when') },
  ]);
  expect(await troubles('/w/edge')).toEqual([expect.stringContaining('door main')]);
  expect((await admin('POST', '/w/edge/v1/reset', {})).status).toBe(503);
  expect([await troubles(''), (await admin('GET', '/readyz')).status]).toEqual([[], 200]);
  expect([(await admin('POST', '/v1/heal', {})).status, await statusAt(upstream)]).toEqual([200, 200]);

  await letGo(thief);
  await expect.poll(() => troubles('/w/edge')).toEqual([]);
  expect([(await admin('POST', '/w/edge/v1/heal', {})).status, await statusAt(edge)]).toEqual([200, 200]);
});

test('the state of default shows the troubles of its own doors', async () => {
  const { upstream, admin } = await openServer();
  await admin('POST', '/v1/profiles/cannot-connect/activate', {});
  const thief = await takePort(portOf(upstream));
  expect((await admin('POST', '/v1/heal', {})).body.detail).toContain('/readyz says when');
  expect((await admin('GET', '/v1/state')).body.doorTroubles).toEqual([expect.stringContaining('door main')]);
  expect((await admin('GET', '/readyz')).status).toBe(503);
  await letGo(thief);
});

test('so many doors are dark at once over all worlds, and one more is refused until one is healed', {
  timeout: 180_000,
}, async () => {
  const { upstream, admin, declare } = await openServer();
  const names = Array.from({ length: MAX_DARK_DOORS }, (_, at) => `dark-${at}`);
  for (const name of names) await declare(name);
  const darken = (path: string) => admin('POST', `${path}/v1/rules`, { fault: 'dark-door' });
  for (const name of names) expect((await darken(`/w/${name}`)).status).toBe(201);
  expect((await darken('/w/dark-0')).status).toBe(201); // its door is dark already

  const refused = await darken('');
  expect([refused.status, refused.body]).toMatchObject([
    422,
    { code: 'cannot_be_armed', detail: expect.stringContaining(`at most ${MAX_DARK_DOORS} may be dark at once`) },
  ]);
  expect(await statusAt(upstream)).toBe(200);
  expect((await admin('POST', '/w/dark-0/v1/heal', {})).status).toBe(200);
  expect((await darken('')).status).toBe(201);
  expect((await admin('DELETE', '/v1/worlds/dark-1')).status).toBe(204);
  await declare('one-more');
  expect((await darken('/w/one-more')).status).toBe(201);
});

test('profiles in force from the start make no more doors dark than may be at once', async () => {
  const doors = Array.from({ length: MAX_DARK_DOORS }, (_, at) => `d-${at}`);
  const faults = mkdtempSync(join(tmpdir(), 'showstopper-'));
  mkdirSync(join(faults, 'profiles'));
  const write = (name: string, at: readonly string[]): void =>
    writeFileSync(
      join(faults, 'profiles', `${name}.yaml`),
      `summary: Dark.\nrules:\n  - fault: dark-door\n    match: { doors: [${at.join(', ')}] }\n`,
    );
  write('one-half', doors.slice(0, MAX_DARK_DOORS / 2));
  write('the-rest', ['main', ...doors.slice(MAX_DARK_DOORS / 2)]);
  const settings = { SHOWSTOPPER_DOORS: doors.map((door) => `${door}:0`).join(','), SHOWSTOPPER_FAULTS: faults };
  await expect(startInProcess({ ...settings, SHOWSTOPPER_PROFILE: 'one-half,the-rest' })).rejects.toThrow(
    /9 more doors dark, and there is room for 8/,
  );
});

test('a flood comes to the door of its world, counts there, and has the room of that door', async () => {
  const { upstream, admin, declare } = await openServer({ SHOWSTOPPER_MAX_CONNECTIONS: '200' });
  const edge = await declare('edge');
  const flood = (path: string, connections: number) =>
    admin('POST', `${path}/v1/rules`, { fault: 'connection-flood', with: { connections, rate: 10_000 } });
  expect((await flood('/w/edge', 51)).body).toMatchObject({ code: 'cannot_be_armed', asked: 51, room: 50 });
  expect((await flood('/w/edge', 20)).status).toBe(201);
  const here = async (path: string) => (await admin('GET', `${path}/v1/state`)).body.connections;
  await expect.poll(() => here('/w/edge')).toBe(20);
  expect([await here(''), await statusAt(edge), await statusAt(upstream)]).toEqual([0, 200, 200]);
  expect((await admin('GET', '/metrics')).body).toContain('showstopper_connections{origin="flood"} 20');
  expect((await admin('POST', '/v1/heal', {})).status).toBe(200);
  expect(await here('/w/edge')).toBe(20);
  expect((await admin('POST', '/w/edge/v1/heal', {})).status).toBe(200);
  await expect.poll(() => here('/w/edge')).toBe(0);
});

test('connection rules of a world act on its own door alone, where no path is needed and none leads elsewhere', async () => {
  const { upstream, admin, declare } = await openServer();
  const edge = await declare('edge');
  expect(await statusAt(edge, '/v1/sessions')).toBe(200);
  expect(await statusAt(edge, '/w/edge/v1/sessions')).toBe(404);
  await admin('POST', '/w/edge/v1/rules', { fault: 'refuse-connection', match: { doors: ['main'] } });
  expect(await Promise.all([edge, upstream].map((url) => statusAt(url)))).toEqual([0, 200]);
  await admin('POST', '/v1/heal', {});
  expect(await statusAt(edge)).toBe(0);
  await admin('POST', '/w/edge/v1/heal', {});
  expect(await statusAt(edge)).toBe(200);

  const [own, others] = [await openRaw(portOf(edge)), await openRaw(portOf(upstream))];
  expect((await admin('POST', '/w/edge/v1/connections/sever', {})).body).toEqual({ severed: 1 });
  await expect.poll(() => own.ending).toBe('rst');
  expect(others.ending).toBe('open');
  others.socket.destroy();
});
