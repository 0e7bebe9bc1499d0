// An HTTP proxy that loses patience: it answers 504 in the place of an upstream that does not, and 502 for one that breaks off.
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AnsweringProxy {
  readonly port: number;
  close(): Promise<void>;
}

export async function openAnsweringProxy(
  port: number,
  { patienceMs }: { patienceMs: number },
): Promise<AnsweringProxy> {
  const server = createServer((incoming, response) => {
    const fail = (status: number): void => {
      if (response.headersSent) response.destroy();
      else response.writeHead(status, { 'Content-Length': '0' }).end();
    };
    const { method, url: path, headers } = incoming;
    const outgoing = request({ port, host: '127.0.0.1', method, path, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('error', () => response.destroy()).pipe(response);
    });
    outgoing.setTimeout(patienceMs, () => {
      fail(504);
      outgoing.destroy();
    });
    outgoing.on('error', () => fail(502));
    incoming.on('error', () => outgoing.destroy()).pipe(outgoing);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
