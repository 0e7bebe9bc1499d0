// A proxy in user space, as one that publishes a container's port: it accepts, connects, and copies; whatever ends one side, a FIN ends the other.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface UserlandProxy {
  readonly port: number;
  close(): Promise<void>;
}

export async function openUserlandProxy(port: number): Promise<UserlandProxy> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one
        .on('data', (chunk) => other.write(chunk))
        .on('end', () => other.end())
        .on('error', () => other.end())
        .on('close', () => sockets.delete(one));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
