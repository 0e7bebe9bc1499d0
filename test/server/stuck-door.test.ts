// Whoever ends rules is never told that all is done while a door is not back.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startInProcess } from '../support/run-server.ts';
import { ask } from '../support/seller.ts';

test.each([
  ['POST', '/v1/heal'],
  ['POST', '/v1/reset'],
  ['POST', '/v1/profiles/cannot-connect/deactivate'],
  ['DELETE', '/v1/activations/cannot-connect'],
])('%s %s says that a port was taken meanwhile, and it is had as soon as it is free', async (method, path) => {
  const server = await startInProcess();
  onTestFinished(() => server.stop());
  const { port } = new URL(server.upstream);
  expect((await ask(`${server.admin}/v1/profiles/cannot-connect/activate`, { method: 'POST' })).status).toBe(200);
  const thief = createServer().listen(Number(port), '127.0.0.1');
  await once(thief, 'listening');

  const { status, body } = await ask(server.admin + path, { method });
  expect([status, body]).toMatchObject([
    503,
    { code: 'door_stuck', retryable: true, rules: 1, troubles: [expect.stringContaining('door main')] },
  ]);
  expect((await ask(`${server.admin}/readyz`)).status).toBe(503);
  expect((await ask(`${server.admin}/v1/rules`)).body.data).toEqual([]);

  await new Promise((resolve) => thief.close(resolve));
  await expect.poll(async () => (await ask(`${server.admin}/readyz`)).status).toBe(200);
  expect((await ask(`${server.admin}/v1/heal`, { method: 'POST' })).status).toBe(200);
  expect((await ask(`${server.upstream}/v1/sessions`)).status).toBe(200);
});
