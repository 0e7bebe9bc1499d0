// Admin always answers: whatever stands at its listener, healthz, heal and the image's health check get through.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BUNDLED_ENV, HEALTH_CHECK } from '../support/bundled.ts';
import { type ServerProcess, startProcess } from '../support/run-server.ts';

/** A second is what a quiet machine keeps; this one may be shared. */
const ANSWERS_WITHIN_MS = 15_000;
const TOKEN = 'Authorization: Bearer secret\r\n';

let server: ServerProcess;
beforeAll(async () => {
  server = await startProcess({ env: { SHOWSTOPPER_ADMIN_TOKEN: 'secret' } });
});
afterAll(() => server.stop());

const sockets = new Set<Socket>();
let standing = false;
afterEach(() => {
  standing = false;
  for (const socket of sockets) socket.destroy();
  sockets.clear();
});

/** So many sockets that say this and then stand, or come back as often as they are sent away. */
async function crowd(size: number, says: string | Buffer, { again = false, reads = true } = {}): Promise<void> {
  const port = Number(new URL(server.admin).port);
  standing = true;
  const come = (): Promise<void> => {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    sockets.add(socket);
    if (reads) socket.resume();
    else socket.pause();
    socket.write(says);
    return new Promise((resolve) => {
      socket.once('connect', () => resolve());
      socket.once('close', () => {
        resolve();
        sockets.delete(socket);
        if (again && standing) setTimeout(() => standing && come(), 20);
      });
    });
  };
  await Promise.all(Array.from({ length: size }, come));
}

/** As a client that asks again when its connection was ended before an answer: where hundreds come back at once, that can be. */
async function ask(method: string, path: string): Promise<number> {
  const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
  for (;;) {
    try {
      const headers = { Authorization: 'Bearer secret', Connection: 'close' };
      return (await fetch(server.admin + path, { method, headers, signal })).status;
    } catch (error) {
      if (signal.aborted) throw error;
    }
  }
}

async function healthCheck(): Promise<number | null> {
  const env = { ...BUNDLED_ENV, SHOWSTOPPER_ADMIN_PORT: new URL(server.admin).port };
  const [status] = await once(spawn(process.execPath, [HEALTH_CHECK], { env }), 'exit');
  return status;
}

const get = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
const slowBody = (more: string): string =>
  `POST /v1/heal HTTP/1.1\r\nHost: x\r\n${more}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;

describe('admin answers while there stand', () => {
  test.each([
    ['220 sockets that say nothing', 220, '', {}],
    ['220 sockets that say nothing and come back', 220, '', { again: true }],
    ['220 heads that never end', 220, 'GET / HTTP/1.1\r\nHost: x\r\nX-', {}],
    ['220 bodies without a token that never end', 220, slowBody(''), {}],
    ['220 bodies with the token that never end and come back', 220, slowBody(TOKEN), { again: true }],
    ['1,000 event streams', 1000, get('/v1/events', TOKEN), {}],
    ['300 event streams that nobody reads', 300, get('/v1/events', TOKEN), { reads: false }],
    ['220 pipelines of metrics that nobody reads', 220, get('/metrics').repeat(16), { reads: false }],
    ['100 pipelines of 3,000 requests', 100, get('/x').repeat(3000), {}],
    ['100 handshakes of TLS that come back', 100, Buffer.from('16030100c8010000c40303', 'hex'), { again: true }],
  ])(
    '%s',
    async (_what, size, says, how) => {
      await crowd(size, says, how);
      for (let round = 0; round < 2; round++) {
        expect(await ask('GET', '/healthz')).toBe(200);
        expect(await ask('POST', '/v1/heal')).toBe(200);
      }
      await expect.poll(healthCheck).toBe(0); // an orchestrator asks again too
    },
    120_000,
  );
});

test('a stream too many is told so', async () => {
  await crowd(48, get('/v1/events', TOKEN));
  await expect.poll(() => ask('GET', '/v1/events')).toBe(429);
});

test('nothing of it is a failure of the server', () => {
  expect(server.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});
