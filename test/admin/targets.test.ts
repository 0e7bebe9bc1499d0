// Request lines that are none for a server: told so, without an error of ours and without a way past the token.
import { expect, onTestFinished, test } from 'vitest';
import { probe } from '../../src/doctor/probe.ts';
import { listen } from '../../src/web/listen.ts';
import { openAdmin } from './open-admin.ts';

test.each([
  ['GET http://[::1', 400, 400],
  ['GET http://%zz/v1/rules', 400, 400],
  ['GET ftp://a/v1/rules', 400, 400],
  ['GET //a@[b#', 401, 404],
  ['GET http://127.0.0.1/v1/rules', 401, 200],
  ['GET http://127.0.0.1/healthz', 200, 200],
  ['GET /v1/rules#x', 401, 200],
  ['GET /v1/rules/%', 401, 405],
  ['OPTIONS *', 405, 405],
  ['CONNECT a:80', 405, 405],
])('%s is a %d without a token and a %d with it', async (line, without, withToken) => {
  const admin = await openAdmin({ access: { adminToken: 'secret', hosts: [] } });
  const { port, close } = await listen(admin.listener, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => close());
  for (const [status, token] of [
    [without, ''],
    [withToken, 'Authorization: Bearer secret\r\n'],
  ] as const) {
    const request = `${line} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${token}\r\n`;
    const sight = await probe({ port, request, forMs: 30_000 });
    expect(sight.status).toBe(status);
    if (status >= 400) expect(JSON.parse(sight.body)).toMatchObject({ status, code: expect.any(String) });
  }
  expect(admin.errors).toEqual([]);
});

test('an expectation that nobody knows is passed over', async () => {
  const admin = await openAdmin();
  const { port, close } = await listen(admin.listener, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => close());
  const request = 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: x\r\n\r\n';
  expect((await probe({ port, request, forMs: 30_000 })).status).toBe(200);
});
