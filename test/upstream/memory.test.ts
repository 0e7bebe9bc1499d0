// A process with little memory outlives what strangers leave behind in it.
import { Agent, request } from 'node:http';
import { expect, test } from 'vitest';
import { startProcess } from '../support/run-server.ts';

/** Enough for the server and all that it may keep: 32 MiB of keyed answers, as much of the journal. */
const HEAP_MB = 160;
const REQUESTS = 8000;
const AT_ONCE = 20;

test('keyed requests for what does not exist, under the longest paths, do not fill it', {
  timeout: 90_000,
}, async () => {
  const server = await startProcess({ env: { NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` } });
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const ask = (i: number): Promise<{ status: number; bytes: number }> =>
    new Promise((resolve, reject) => {
      const path = `/v1/reservations/r-${i}-${'x'.repeat(14_000)}/extend`;
      const headers = {
        'Idempotency-Key': `key-${i}`,
        'Content-Type': 'application/json',
        Authorization: 'Bearer ada',
      };
      request(`${server.upstream}${path}`, { method: 'POST', agent, headers }, (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes }));
      })
        .on('error', reject)
        .end('{}');
    });
  for (let i = 0; i < REQUESTS; i += AT_ONCE) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => ask(i + n)));
    for (const { status, bytes } of answers) {
      expect(status).toBe(404);
      expect(bytes).toBeLessThan(2000);
    }
  }
  expect((await fetch(`${server.admin}/healthz`)).status).toBe(200);
  agent.destroy();
  expect(await server.stop()).toBe(0);
});
