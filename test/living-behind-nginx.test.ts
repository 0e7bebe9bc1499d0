// A real nginx that keeps connections to the upstream in a pool: what each kind does to these, and what the answer counts.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningServer } from '../src/server.ts';
import { type Nginx, nginxVersion, startNginx } from './support/nginx.ts';
import { startInProcess } from './support/run-server.ts';
import { ask } from './support/seller.ts';

describe.skipIf(nginxVersion() === undefined)('behind nginx with keepalive', () => {
  let server: RunningServer;
  let nginx: Nginx;
  beforeAll(async () => {
    server = await startInProcess();
    const limits = { workerConnections: 64, openFiles: 256, readTimeout: '1500ms', keepAlive: 8 };
    nginx = await startNginx(server.upstream, limits);
  });
  afterAll(async () => {
    await nginx?.stop();
    await server.stop();
  });
  beforeEach(async () => {
    await admin('/v1/connections/sever');
    await expect.poll(pooled).toBe(0);
    expect((await through()).status).toBe(200);
    await expect.poll(pooled).toBe(1);
  });
  afterEach(() => admin('/v1/heal'));

  const admin = (path: string, json: object = {}, method = 'POST') =>
    ask(`${server.admin}${path}`, method === 'GET' ? {} : { method, json });
  const pooled = async (): Promise<number> => (await admin('/v1/connections', {}, 'GET')).body.data.length;
  const through = () => fetch(`${nginx.url}/upstream/v1/health`);

  test.each([
    ['silent-connection', {}, 504],
    ['reset-connection', {}, 502],
    ['connection-slots', { slots: 0 }, 504],
    ['refuse-connection', {}, 502],
  ])('%s %j spares the pool, and strikes when it was cut first', async (fault, params, status) => {
    const { living } = (await admin('/v1/rules', { fault, with: params })).body;
    expect(living).toMatchObject({ reached: 0, severed: 0, spared: 1 });
    expect((await through()).status).toBe(200);
    await admin('/v1/heal');
    const { body } = await admin('/v1/rules', { fault, with: params, connections: 'sever' });
    expect(body.living).toEqual({ reached: 0, severed: 1, spared: 0, hint: null });
    expect((await through()).status).toBe(status);
  });

  test('silence that reaches the pool is a 504 there', async () => {
    const { body } = await admin('/v1/rules', { fault: 'silent-connection', connections: 'all' });
    expect(body.living).toEqual({ reached: 1, severed: 0, spared: 0, hint: null });
    expect((await through()).status).toBe(504);
  });

  test.each([
    ['reset-connection', { connections: 'all' }],
    ['idle-close', { with: { after: '30ms' } }],
    ['reset-after', { with: { after: '30ms' } }],
  ])('%s that reaches the pool ends its connection', async (fault, rest) => {
    const { body } = await admin('/v1/rules', { fault, ...rest });
    expect(body.living).toEqual({ reached: 1, severed: 0, spared: 0, hint: null });
    await expect.poll(pooled).toBe(0);
  });

  test('throttle reaches the pool, and an answer in mid-air is whole once it is over', async () => {
    const { body } = await admin('/v1/rules', { fault: 'throttle', with: { bytesPerSecond: 50 } });
    expect(body.living).toMatchObject({ reached: 1, spared: 0 });
    const answer = through();
    await expect.poll(async () => (await admin('/v1/connections', {}, 'GET')).body.data[0].requests).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await admin('/v1/heal');
    expect((await answer).status).toBe(200);
  });
});
