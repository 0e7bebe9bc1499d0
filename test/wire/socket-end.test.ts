// Sockets end however they are ended, in whatever order and turn: their descriptors are closed, and the peer sees an RST.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { finish, resetSocket } from '../../src/wire/connection/socket-end.ts';
import { descriptorCount } from '../support/kernel-sockets.ts';

/** The accepted end, and how its peer ended. */
async function pair(): Promise<{ readonly socket: Socket; readonly ending: Promise<string> }> {
  const server = createServer({ allowHalfOpen: true });
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const peer = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let fin = false;
  peer.on('end', () => {
    fin = true;
  });
  const ending = new Promise<string>((resolve) => {
    peer.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? ''));
    peer.on('close', () => resolve(fin ? 'fin' : 'closed'));
  });
  peer.resume();
  const [socket] = (await accepted) as [Socket];
  socket.on('error', () => {});
  return { socket, ending };
}

const reset = (socket: Socket): void => resetSocket(socket, socket, systemClock);

const ORDERS: Readonly<Record<string, (socket: Socket) => void>> = {
  'at once': reset,
  'twice in one turn': (socket) => {
    reset(socket);
    reset(socket);
  },
  'in the turn of end()': (socket) => {
    socket.end();
    reset(socket);
  },
  'in the turn of an end with bytes': (socket) => {
    socket.end('some bytes');
    reset(socket);
  },
  'in the turn of destroySoon()': (socket) => {
    socket.destroySoon();
    reset(socket);
  },
  'in the turn of a FIN of ours that is not waited on for ever': (socket) => {
    finish(socket, socket, systemClock);
    reset(socket);
  },
  'in the next turn after end()': (socket) => {
    socket.end();
    setImmediate(() => reset(socket));
  },
};

test.each(Object.keys(ORDERS))('a reset %s closes the socket, 20 of 20', async (order) => {
  const before = descriptorCount();
  const pairs = await Promise.all(Array.from({ length: 20 }, pair));
  const closed = pairs.map(({ socket }) => once(socket, 'close'));
  for (const { socket } of pairs) ORDERS[order]?.(socket);
  await Promise.all(closed);
  await Promise.all(pairs.map(({ ending }) => ending));
  await expect.poll(() => descriptorCount()).toBeLessThanOrEqual(before + pairs.length); // their servers are closed later
});
