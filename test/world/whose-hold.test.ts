// Whose a hold is, where a request for one world comes over a connection of another; on the wire.
import { expect, test } from 'vitest';
import { requestText } from '../../src/doctor/probe.ts';
import { openRaw } from '../support/raw-socket.ts';
import { type OwnDoors, openServer, portOf } from './own-doors.ts';

const IN_B = requestText('GET', '/w/b/v1/sessions?limit=1');
const AT_HOME = requestText('GET', '/v1/health');

const heldIn = async ({ admin }: OwnDoors, path: string): Promise<number> =>
  (await admin('GET', `${path}/v1/state`)).body.held;
const isHeld = (server: OwnDoors, path: string, count = 1) => expect.poll(() => heldIn(server, path)).toBe(count);

/** One that lives and has been answered for world b, and is silent from now on by a rule of default. */
async function silenced(server: OwnDoors) {
  const raw = await openRaw(portOf(server.upstream));
  raw.socket.write(IN_B);
  await raw.answers(1);
  const rule = { fault: 'silent-connection', id: 'quiet', connections: 'all' };
  expect((await server.admin('POST', '/v1/rules', rule)).status).toBe(201);
  raw.socket.write(IN_B);
  await isHeld(server, '');
  return raw;
}

test.each([{}, { release: 'answer' }, { release: 'drop' }])(
  'what default’s silence holds is not released by a heal of its world with %j, and is by one of default',
  async (how) => {
    const server = await openServer();
    const raw = await silenced(server);
    expect((await server.admin('POST', '/w/b/v1/heal', how)).body).toMatchObject({ dropped: 0, answered: 0 });
    expect([await heldIn(server, ''), await heldIn(server, '/w/b')]).toEqual([1, 0]);
    expect([raw.ending, raw.answered]).toEqual(['open', 1]);

    const released = await server.admin('POST', '/v1/heal', { release: 'answer' });
    expect(released.body).toMatchObject({ dropped: 0, answered: 1 });
    await raw.answers(2);
    expect(raw.heard.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
    raw.socket.destroy();
  },
);

test('a heal of default that drops resets it', async () => {
  const server = await openServer();
  const raw = await silenced(server);
  expect((await server.admin('POST', '/v1/heal', { release: 'drop' })).body).toMatchObject({ dropped: 1 });
  await expect.poll(() => raw.ending).toBe('rst');
  expect(raw.answered).toBe(1);
});

test.each([
  ['a reset of its world', 'POST', '/w/b/v1/reset', {}],
  ['the end of its world', 'DELETE', '/v1/worlds/b', undefined],
])('%s drops what was asked of it, also while default holds it', async (_what, method, path, json) => {
  const server = await openServer();
  const raw = await silenced(server);
  expect((await server.admin(method, path, json)).status).toBeLessThan(300);
  await expect.poll(() => raw.ending).toBe('rst');
  expect(raw.answered).toBe(1);
  expect(await heldIn(server, '')).toBe(0);
});

test('what a rule of default keeps parked is default’s, and a parked connection is of no other world', async () => {
  const server = await openServer();
  await server.admin('PUT', '/v1/worlds/b', {});
  await server.admin('POST', '/v1/rules', { fault: 'silent-connection' });
  const raw = await openRaw(portOf(server.upstream));
  raw.socket.write(IN_B);
  await isHeld(server, '');
  await server.admin('POST', '/w/b/v1/heal', { release: 'answer' });
  await server.admin('POST', '/w/b/v1/reset', {});
  expect([await heldIn(server, ''), raw.ending, raw.answered]).toEqual([1, 'open', 0]);
  await server.admin('POST', '/v1/heal', { release: 'answer' });
  await raw.answers(1);
  raw.socket.destroy();
});

test('what a rule of a world holds is released by that world alone', async () => {
  const server = await openServer();
  await server.admin('POST', '/w/b/v1/rules', { fault: 'hang' });
  const raw = await openRaw(portOf(server.upstream));
  raw.socket.write(IN_B);
  await isHeld(server, '/w/b');
  expect((await server.admin('POST', '/v1/heal', { release: 'answer' })).body).toMatchObject({ answered: 0 });
  await server.admin('POST', '/v1/reset', {});
  expect([await heldIn(server, '/w/b'), raw.ending, raw.answered]).toEqual([1, 'open', 0]);
  await server.admin('POST', '/w/b/v1/heal', { release: 'answer' });
  await raw.answers(1);
  raw.socket.destroy();
});

test.each([
  ['a heal that drops', 'POST', '/w/b/v1/heal', { release: 'drop' }],
  ['a reset', 'POST', '/w/b/v1/reset', {}],
  ['its end', 'DELETE', '/v1/worlds/b', undefined],
])(
  '%s resets the connection of what a world holds, and ends what others have sent on it behind that',
  async (_what, method, path, json) => {
    const server = await openServer();
    await server.admin('POST', '/w/b/v1/rules', { fault: 'hang' });
    const [raw, other] = [await openRaw(portOf(server.upstream)), await openRaw(portOf(server.upstream))];
    raw.socket.write(IN_B + AT_HOME);
    other.socket.write(AT_HOME);
    await isHeld(server, '/w/b');
    await other.answers(1);
    expect((await server.admin(method, path, json)).status).toBeLessThan(300);
    await expect.poll(() => raw.ending).toBe('rst');
    expect([raw.answered, other.ending]).toEqual([0, 'open']);
    await expect.poll(async () => (await server.admin('GET', '/v1/state')).body.inFlight).toBe(0);
    other.socket.write(AT_HOME);
    await other.answers(2);
    other.socket.destroy();
  },
);
