// A door: knows its sockets, shuts when it is full, opens again, and ends at once.
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { probe, requestText } from '../../src/doctor/probe.ts';
import { openUpstream } from '../support/open-upstream.ts';

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket)).once('error', reject);
  });

test('a full door stops accepting, living connections live on, and it opens again when there is room', async () => {
  const upstream = await openUpstream({ maxConnections: 10 });
  const sockets = await Promise.all(Array.from({ length: 10 }, () => open(upstream.port)));
  await expect.poll(() => upstream.doorStates).toEqual(['full']);
  expect(await probe({ port: upstream.port, request: requestText('GET', '/v1/health'), forMs: 30_000 })).toMatchObject({
    ending: 'refused',
  });
  const [first] = sockets;
  const answer = new Promise((resolve) => first?.once('data', resolve));
  first?.write(requestText('GET', '/v1/health'));
  expect(String(await answer)).toMatch(/^HTTP\/1\.1 200 /);
  for (const socket of sockets) socket.destroy();
  await expect.poll(() => upstream.doorStates).toEqual(['full', 'room']);
  expect(await probe({ port: upstream.port, request: requestText('GET', '/v1/health'), forMs: 30_000 })).toMatchObject({
    status: 200,
  });
  await upstream.close();
});

test('closing ends idle and held connections at once', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'hang' });
  const idle = probe({ port: upstream.port, request: '', forMs: 30_000 });
  const held = probe({ port: upstream.port, request: requestText('GET', '/v1/health'), forMs: 30_000 });
  await expect.poll(() => upstream.world.holds.size).toBe(1);
  await upstream.close();
  expect([(await idle).ending, (await held).ending]).toEqual(['rst', 'rst']);
  await expect.poll(() => upstream.door.connections.size).toBe(0);
});
