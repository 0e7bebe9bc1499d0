// The kernel's table of sockets, as it shows those of either family.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { keyOf, readTcpTable } from '../../src/wire/door/tcp-table.ts';

const isSeen = existsSync('/proc/net/tcp');
if (!isSeen) process.emitWarning('skipped: the kernel shows no table of sockets here');

describe.skipIf(!isSeen)('the table', () => {
  for (const [listening, host] of [
    ['127.0.0.1', '127.0.0.1'],
    ['::', '127.0.0.1'],
    ['::', '::1'],
  ] as const)
    test(`knows a client at ${host} of a door at ${listening}, and when it has shut its side`, async () => {
      const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }).listen(0, listening);
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const accepted = once(server, 'connection') as Promise<[Socket]>;
      const client = connect({ port, host, allowHalfOpen: true });
      const [{ localPort = 0, remoteAddress = '', remotePort = 0 }] = await accepted;
      const place = { localPort, remoteAddress, remotePort };
      const state = async () => (await readTcpTable([place]))?.get(keyOf(place));
      expect(await state()).toBe('other');
      client.end();
      await expect.poll(state).toBe('shut');
      client.destroy();
      const [socket] = await accepted;
      socket.destroy();
      server.close();
    });
});
