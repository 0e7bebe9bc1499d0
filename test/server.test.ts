// The whole server: calm weather, a fault on cue, all clear; and the bounds that keep the admin listener answering.
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probe, requestText } from '../src/doctor/probe.ts';
import type { RunningServer } from '../src/server.ts';
import { startInProcess, startProcess } from './support/run-server.ts';
import { type Asked, ask, reserveOne } from './support/seller.ts';

const portOf = (url: string): number => Number(new URL(url).port);
const post = (url: string, json: unknown = {}): Promise<Asked> => ask(url, { method: 'POST', json });

/** Buys one ticket the way a seller does; gives the answer of every step. */
async function buy(upstream: string, name: string): Promise<Asked[]> {
  const headers = { 'X-Api-Key': 'seller-a' };
  const reserved = await reserveOne(upstream, headers);
  const order = await ask(`${upstream}/v1/orders`, {
    method: 'POST',
    headers,
    json: {
      reservationId: reserved.body.id,
      customer: { name, phone: '09120000000' },
      externalRef: name,
      payment: { method: 'seller' },
    },
  });
  const complete = {
    method: 'POST',
    headers: { ...headers, 'Idempotency-Key': name },
    json: { paymentReference: 'paid' },
  };
  return [reserved, order, await ask(`${upstream}/v1/orders/${order.body.id}/complete`, complete)];
}

describe('a purchase', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startInProcess();
  });
  afterAll(() => server.stop());

  test('works in calm weather, fails as the profile says, and works again after all clear', async () => {
    const calm = await buy(server.upstream, 'calm');
    expect(calm.map(({ status }) => status)).toEqual([201, 201, 200]);
    expect(calm[2]?.body).toMatchObject({
      status: 'completed',
      tickets: [{ barcode: expect.stringMatching(/^\d{13}$/) }],
    });

    await post(`${server.admin}/v1/rules`, {
      fault: 'error-status',
      match: { operations: ['completeOrder'] },
      with: { retryAfter: '2s' },
    });
    const broken = await buy(server.upstream, 'broken');
    expect(broken.map(({ status }) => status)).toEqual([201, 201, 503]);
    expect(broken[2]?.headers.get('retry-after')).toBe('2');

    expect((await post(`${server.admin}/v1/heal`)).body).toMatchObject({ rules: 1, dropped: 0 });
    expect((await buy(server.upstream, 'healed')).map(({ status }) => status)).toEqual([201, 201, 200]);
    expect((await ask(`${server.admin}/v1/state`)).body.boxOffice).toMatchObject({ sold: 2 });
  });

  test('that lost its answer is found by its reference', async () => {
    await post(`${server.admin}/v1/profiles/ambiguous-completion/activate`);
    await post(`${server.admin}/v1/heal`);
    await post(`${server.admin}/v1/rules`, { fault: 'lost-reply', match: { operations: ['completeOrder'] } });
    await expect(buy(server.upstream, 'lost')).rejects.toThrow();
    await post(`${server.admin}/v1/heal`);
    const found = await ask(`${server.upstream}/v1/orders?externalRef=lost`, { headers: { 'X-Api-Key': 'seller-a' } });
    expect(found.body.data).toMatchObject([{ status: 'completed' }]);
  });

  test('an activation ends by its ttl and lets go of what it held', async () => {
    const watched = probe({ port: portOf(server.upstream), request: requestText('GET', '/v1/health'), forMs: 10 });
    await watched;
    await post(`${server.admin}/v1/profiles/upstream-hang/activate`, { ttl: '1500ms' });
    const held = await probe({
      port: portOf(server.upstream),
      request: requestText('GET', '/v1/sessions'),
      forMs: 30_000,
    });
    expect(held).toMatchObject({ ending: 'rst', raw: '' });
    expect((await ask(`${server.admin}/v1/activations`)).body.data).toEqual([]);
  });
});

test('two servers in one process share nothing', async () => {
  const [one, other] = await Promise.all([startInProcess(), startInProcess()]);
  await post(`${one.admin}/v1/rules`, { fault: 'error-status' });
  await buy(other.upstream, 'mine');
  expect((await ask(`${one.upstream}/v1/health`)).status).toBe(503);
  const [stateOne, stateOther] = await Promise.all([ask(`${one.admin}/v1/state`), ask(`${other.admin}/v1/state`)]);
  expect([stateOne.body.boxOffice.sold, stateOther.body.boxOffice.sold]).toEqual([0, 1]);
  expect([stateOne.body.rules.length, stateOther.body.rules.length]).toEqual([1, 0]);
  await Promise.all([one.stop(), other.stop()]);
});

test('more connections than the file limit allows leave the admin listener answering', async () => {
  const server = await startProcess({ openFiles: 400 });
  await post(`${server.admin}/v1/profiles/upstream-hang/activate`);
  const port = portOf(server.upstream);
  const sockets: Socket[] = [];
  for (let count = 0; count < 600; count++) {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    socket.write(requestText('GET', '/v1/sessions'));
    sockets.push(socket);
  }
  await expect.poll(async () => (await ask(`${server.admin}/v1/state`)).body.held).toBe(400 - 256);
  expect((await ask(`${server.admin}/readyz`)).status).toBe(200);
  const healed = await post(`${server.admin}/v1/heal`);
  expect(healed.body.dropped).toBe(400 - 256);
  await expect.poll(async () => (await ask(`${server.upstream}/v1/health`).catch(() => undefined))?.status).toBe(200);
  for (const socket of sockets) socket.destroy();
  expect(await server.stop()).toBe(0);
});

test('SIGTERM ends it in under two seconds, also with requests held', async () => {
  const server = await startProcess({ env: { SHOWSTOPPER_PROFILE: 'upstream-hang' } });
  const held = Array.from({ length: 50 }, () =>
    probe({ port: portOf(server.upstream), request: requestText('GET', '/v1/sessions'), forMs: 10_000 }),
  );
  await expect.poll(async () => (await ask(`${server.admin}/v1/state`)).body.held).toBe(50);
  const began = performance.now();
  expect(await server.stop('SIGTERM')).toBe(0);
  expect(performance.now() - began).toBeLessThan(2000);
  for (const { ending } of await Promise.all(held)) expect(ending).toBe('rst');
});

test.each([
  [{ SHOWSTOPPER_PROFILE: 'no-such-thing' }, /no-such-thing.*upstream-hang/s],
  [{ SHOWSTOPPER_SCENARIO: 'no-such-story' }, /no-such-story.*fajr-1399/s],
  [{ SHOWSTOPPER_CATALOG: '/no/such/file.yaml' }, /\/no\/such\/file\.yaml.*festival, small/s],
  [{ SHOWSTOPPER_PROT: '1' }, /SHOWSTOPPER_PROT.*SHOWSTOPPER_PORT/s],
  [{ SHOWSTOPPER_ADMIN_HOST: '0.0.0.0' }, /SHOWSTOPPER_ADMIN_TOKEN.*SHOWSTOPPER_ADMIN_OPEN/s],
  [{ SHOWSTOPPER_MAX_CONNECTIONS: '99999999' }, /SHOWSTOPPER_MAX_CONNECTIONS/],
])('a setting that cannot be used ends the start with status 2 and its reason: %j', async (env, reason) => {
  const failure = await startProcess({ env }).catch((error: Error) => error);
  expect(failure).toBeInstanceOf(Error);
  const { message } = failure as Error;
  expect(message).toMatch(/ended with status 2/);
  expect(message).toMatch(reason);
  expect(message).not.toMatch(/\n\s+at /);
});

test('a taken port ends the start with status 2 and names the setting', async () => {
  const server = await startInProcess();
  const failure = (await startProcess({ env: { SHOWSTOPPER_PORT: String(portOf(server.upstream)) } }).catch(
    (error: Error) => error,
  )) as Error;
  expect(failure.message).toMatch(/status 2/);
  expect(failure.message).toMatch(/in use.*SHOWSTOPPER_PORT/s);
  await server.stop();
});
