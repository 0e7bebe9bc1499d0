// Doors that cannot be had, and what cannot be had without one: a clear problem, and nothing half-made.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { letGo, type OwnDoors, openServer, portOf, statusAt, takePort } from './own-doors.ts';

/** Whether this process may not listen on port 1. */
const hasPrivilegedPorts = (): boolean => {
  try {
    const first = Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'latin1'));
    return process.getuid?.() !== 0 && first > 1;
  } catch {
    return false;
  }
};

async function refusedDoor({ admin }: OwnDoors, door: unknown) {
  const { status, body } = await admin('PUT', '/v1/worlds/edge', { door });
  expect((await admin('GET', '/v1/worlds/edge')).status).toBe(404);
  expect((await admin('GET', '/v1/worlds')).body.data.map(({ name }: { name: string }) => name)).not.toContain('edge');
  return [status, body.code, JSON.stringify(body)];
}

describe('a door that cannot be had makes no world', () => {
  test.each([0, -1, 70_000, 1.5, 'x', false, null])('%j is no port', async (door) => {
    const server = await openServer();
    expect(await refusedDoor(server, door)).toEqual([
      400,
      'validation_failed',
      expect.stringContaining('door: must be'),
    ]);
  });

  test('taken by somebody else, by a configured door, by admin or by another world', async () => {
    const adminPort = await freePort();
    const server = await openServer({ SHOWSTOPPER_ADMIN_PORT: String(adminPort) });
    const thief = await takePort();
    const address = thief.address();
    const stolen = typeof address === 'object' && address ? address.port : 0;
    const others = portOf(await server.declare('other'));
    for (const port of [stolen, portOf(server.upstream), adminPort, others])
      expect(await refusedDoor(server, port)).toEqual([409, 'conflict', expect.stringContaining(`${port} is taken`)]);
    await letGo(thief);
    expect(portOf(await server.declare('edge', stolen))).toBe(stolen);
  });

  test.skipIf(!hasPrivilegedPorts())('a privileged port says why', async () => {
    const server = await openServer();
    expect(await refusedDoor(server, 1)).toEqual([422, 'validation_failed', expect.stringContaining('EACCES')]);
  });

  test('outside the range, and when the range is used up until a world of it goes', async () => {
    const port = await freePort();
    const server = await openServer({ SHOWSTOPPER_WORLD_PORTS: `${port}-${port}` });
    expect(await refusedDoor(server, port === 65_535 ? port - 1 : port + 1)).toEqual([
      422,
      'validation_failed',
      expect.stringContaining(`a port from ${port} to ${port}, as SHOWSTOPPER_WORLD_PORTS says`),
    ]);
    expect(portOf(await server.declare('other'))).toBe(port);
    const usedUp = expect.stringContaining('every port of SHOWSTOPPER_WORLD_PORTS');
    expect(await refusedDoor(server, true)).toEqual([409, 'conflict', usedUp]);
    expect((await server.admin('DELETE', '/v1/worlds/other')).status).toBe(204);
    expect(portOf(await server.declare('edge'))).toBe(port);
  });

  test('a world that was there without one stays as it was', async () => {
    const { upstream, admin } = await openServer();
    await admin('PUT', '/v1/worlds/edge', { seed: 3 });
    expect((await admin('PUT', '/v1/worlds/edge', { door: portOf(upstream) })).status).toBe(409);
    const { body } = await admin('GET', '/v1/worlds/edge');
    expect([body.seed, body.upstream]).toEqual([3, undefined]);
  });
});

describe('what needs a door', () => {
  const HINT = 'PUT /v1/worlds/edge {"door": true}';
  const WAYS = [
    ['a kind of the door', '/rules', { fault: 'refuse-connection' }],
    ['a kind of the connection', '/rules', { fault: 'silent-connection' }],
    ['slots', '/rules', { fault: 'connection-slots' }],
    ['a flood', '/rules', { fault: 'connection-flood' }],
    ['a dark door', '/rules', { fault: 'dark-door' }],
    ['a rule that severs', '/rules', { fault: 'latency', connections: 'sever' }],
    ['a profile', '/profiles/cannot-connect/activate', {}],
    ['an activation that severs', '/profiles/upstream-hang/activate', { connections: 'sever' }],
    ['sever', '/connections/sever', {}],
  ] as const;

  test('is refused in a world without one with how to get it, and can be had after that', async () => {
    const { admin } = await openServer();
    await admin('PUT', '/v1/worlds/edge', {});
    for (const [what, path, json] of WAYS) {
      const { status, body } = await admin('POST', `/w/edge/v1${path}`, json);
      expect([what, status, body.detail]).toEqual([what, 422, expect.stringContaining(HINT)]);
    }
    expect((await admin('GET', '/w/edge/v1/rules')).body.data).toEqual([]);
    expect((await admin('PUT', '/v1/worlds/edge', { door: true })).status).toBe(200);
    for (const [what, path, json] of WAYS) {
      const { status } = await admin('POST', `/w/edge/v1${path}`, json);
      expect([what, status < 300]).toEqual([what, true]);
      await admin('POST', '/w/edge/v1/heal', {});
    }
  });

  test('kinds of TLS are refused with and without one, since it speaks plain HTTP only', async () => {
    const { upstream, admin } = await openServer({ SHOWSTOPPER_TLS_PORT: '0' });
    await admin('PUT', '/v1/worlds/edge', {});
    for (const json of [{}, { door: true }]) {
      await admin('PUT', '/v1/worlds/edge', json);
      for (const fault of ['tls-stall', 'tls-bad-certificate', 'tls-reset']) {
        const { status, body } = await admin('POST', '/w/edge/v1/rules', { fault });
        expect([fault, status, body.detail]).toEqual([fault, 422, expect.stringContaining('plain HTTP')]);
      }
    }
    expect((await admin('POST', '/v1/rules', { fault: 'tls-stall' })).status).toBe(201);
    expect(await statusAt(upstream)).toBe(200);
  });
});
