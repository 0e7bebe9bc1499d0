// Worlds as their users meet them, over both listeners: who makes one, how one ends, and what the others notice of it.
import { get, type IncomingMessage } from 'node:http';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { probe } from '../../src/doctor/probe.ts';
import type { RunningServer } from '../../src/server.ts';
import { openAdmin } from '../admin/open-admin.ts';
import { startInProcess } from '../support/run-server.ts';
import { type Asked, ask } from '../support/seller.ts';
import { openWorlds } from './open-worlds.ts';

interface Opened {
  readonly server: RunningServer;
  /** As a seller who may ask, unless another key is given. */
  sell(path: string, method?: string, key?: string): Promise<Asked>;
  admin(method: string, path: string, json?: object, token?: string): Promise<Asked>;
  names(): Promise<string[]>;
}

const SETTINGS = {
  SHOWSTOPPER_KEYS: 'shop=secret',
  SHOWSTOPPER_ADMIN_TOKEN: 'admin',
  SHOWSTOPPER_VIEWER_TOKEN: 'viewer',
};

async function open(env: Record<string, string> = {}): Promise<Opened> {
  const server = await startInProcess({ ...SETTINGS, ...env });
  onTestFinished(() => server.stop());
  const admin: Opened['admin'] = (method, path, json, token = 'admin') =>
    ask(server.admin + path, { method, headers: { Authorization: `Bearer ${token}` }, ...(json && { json }) });
  return {
    server,
    admin,
    sell: (path, method = 'GET', key = 'secret') =>
      ask(server.upstream + path, { method, headers: { Authorization: `Bearer ${key}` } }),
    async names() {
      const { data } = (await admin('GET', '/v1/worlds')).body;
      return data.map(({ name }: { name: string }) => name);
    },
  };
}

const told = ({ status, body }: Asked) => [status, body.code];

/** How a request ends: with a status, or without an answer. */
function endOf({ server }: Opened, path: string): Promise<number | 'reset'> {
  return new Promise((resolve) => {
    const headers = { Authorization: 'Bearer secret' };
    get(server.upstream + path, { headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    }).on('error', () => resolve('reset'));
  });
}

const held = async ({ admin }: Opened, base: string): Promise<number> =>
  (await admin('GET', `${base}/v1/state`)).body.held;

/** Hangs the list of sessions in each world, and has one request held there; gives how each ends. */
async function holdIn(opened: Opened, bases: readonly string[]): Promise<(() => Promise<number | 'reset' | 'held'>)[]> {
  const rule = { fault: 'hang', match: { operations: ['listSessions'] } };
  return Promise.all(
    bases.map(async (base) => {
      await opened.admin('POST', `${base}/v1/rules`, rule);
      const ended = endOf(opened, `${base}/v1/sessions`);
      await expect.poll(() => held(opened, base)).toBe(1);
      return async () => ((await held(opened, base).catch(() => 0)) === 1 ? 'held' : ended);
    }),
  );
}

test('the list of worlds tells where each is reached, what is in force in it, and what is open and held', async () => {
  const opened = await open();
  const { admin, server } = opened;
  await holdIn(opened, ['/w/a']);
  await admin('PUT', '/v1/worlds/b', { door: true });
  const { data } = (await admin('GET', '/v1/worlds')).body;
  expect(data).toMatchObject([
    { name: 'a', rules: 1, open: 1, held: 1 },
    { name: 'b', rules: 0, open: 0, held: 0, upstream: expect.stringMatching(/^http:/) },
    { name: 'default', rules: 0, open: 0, held: 0, upstream: server.upstream },
  ]);
  expect(data[0]).not.toHaveProperty('upstream');
  const named = await open({ SHOWSTOPPER_PUBLIC_URL: 'https://tickets.test' });
  expect((await named.admin('GET', '/v1/worlds/default')).body.upstream).toBe('https://tickets.test');
});

describe('a world is made', () => {
  test('by an operation of a seller who may ask, and by nothing else on the upstream', async () => {
    const { sell, names } = await open();
    expect(told(await sell('/w/a/v1/nothing'))).toEqual([404, 'world_unknown']);
    expect(told(await sell('/w/a/v1/sessions', 'PATCH'))).toEqual([404, 'world_unknown']);
    expect((await sell('/w/a/v1/sessions', 'GET', 'wrong')).status).toBeGreaterThanOrEqual(401);
    expect(told(await sell('/w/A_b/v1/sessions'))).toEqual([400, 'validation_failed']);
    expect(await names()).toEqual(['default']);
    expect((await sell('/w/a/v1/sessions')).status).toBe(200);
    expect(await names()).toEqual(['a', 'default']);
    expect((await sell('/w/a/v1/sessions', 'GET', 'wrong')).status).toBe(401);
    expect(told(await sell('/w/a/v1/nothing'))).toEqual([404, 'not_found']);
  });

  test('and not by a request whose head is refused, whatever operation its path names', async () => {
    const { server, names } = await open();
    const head = (...more: string[]): string =>
      ['GET /w/a/v1/sessions HTTP/1.1', 'Authorization: Bearer secret', 'Connection: close', ...more, '', ''].join(
        '\r\n',
      );
    const send = (request: string) => probe({ port: Number(new URL(server.upstream).port), request, forMs: 5000 });
    for (const hosts of [['Host: a', 'Host: b'], []]) expect(await send(head(...hosts))).toMatchObject({ status: 400 });
    expect(await names()).toEqual(['default']);
    expect(await send(head('Host: a'))).toMatchObject({ status: 200 });
    expect(await names()).toEqual(['a', 'default']);
  });

  test('by a change on admin that is done, and not by reading, nor by who may only read', async () => {
    const { admin, names } = await open();
    const hang = { fault: 'hang' };
    for (const path of ['/v1/state', '/v1/journal', '/v1/events', '/v1/nothing'])
      expect((await admin('GET', `/w/a${path}`)).status).toBe(404);
    expect(told(await admin('GET', '/w/a/v1/rules'))).toEqual([404, 'world_unknown']);
    expect(told(await admin('POST', '/w/a/v1/journal/verify', { count: { max: 0 } }))).toEqual([404, 'world_unknown']);
    expect((await admin('POST', '/w/a/v1/rules', hang, 'viewer')).status).toBe(403);
    expect((await admin('POST', '/w/a/v1/rules', hang, 'wrong')).status).toBe(401);
    expect((await admin('POST', '/w/a/v1/rules', { fault: 'nothing' })).status).toBe(422);
    expect((await admin('POST', '/w/a/v1/profiles/nothing/activate', {})).status).toBe(404);
    expect(told(await admin('POST', '/w/a/v1/connections/sever', {}))).toEqual([422, 'no_door']);
    expect(told(await admin('POST', '/w/A/v1/rules', hang))).toEqual([422, 'validation_failed']);
    expect(await names()).toEqual(['default']);
    expect((await admin('POST', '/w/a/v1/rules', hang)).status).toBe(201);
    expect(await names()).toEqual(['a', 'default']);
  });

  test('only by PUT where worlds are declared, and not at all where they are off', async () => {
    const declared = await open({ SHOWSTOPPER_WORLDS: 'declared' });
    expect(told(await declared.sell('/w/a/v1/sessions'))).toEqual([404, 'world_unknown']);
    expect(told(await declared.admin('POST', '/w/a/v1/rules', { fault: 'hang' }))).toEqual([404, 'world_unknown']);
    expect((await declared.admin('PUT', '/v1/worlds/a', {})).status).toBe(201);
    expect((await declared.admin('PUT', '/v1/worlds/a', {})).status).toBe(200);
    expect((await declared.sell('/w/a/v1/sessions')).status).toBe(200);
    const off = await open({ SHOWSTOPPER_WORLDS: 'off' });
    for (const no of [await off.sell('/w/a/v1/sessions'), await off.admin('PUT', '/v1/worlds/a', {})])
      expect([...told(no), no.body.detail]).toEqual([404, 'world_unknown', expect.stringContaining('_WORLDS is off')]);
  });
});

test('when all worlds are in use, by a stream or by a rule, there is no room for another', async () => {
  const { server, sell, admin, names } = await open({ SHOWSTOPPER_WORLDS_MAX: '2' });
  await sell('/w/a/v1/sessions');
  const stream = await follow(server, '/w/a');
  await admin('POST', '/w/b/v1/rules', { fault: 'hang' });
  expect(told(await sell('/w/c/v1/sessions'))).toEqual([503, 'too_many_worlds']);
  expect(told(await admin('POST', '/w/c/v1/rules', { fault: 'hang' }))).toEqual([503, 'too_many_worlds']);
  expect(told(await admin('PUT', '/v1/worlds/c', {}))).toEqual([503, 'too_many_worlds']);
  expect(await names()).toEqual(['a', 'b', 'default']);
  await admin('POST', '/w/b/v1/heal', {});
  expect((await sell('/w/c/v1/sessions')).status).toBe(200);
  expect(await names()).toEqual(['a', 'c', 'default']);
  stream.destroy();
});

test('a verification that waits keeps its world', async () => {
  const { worlds, clock, director } = await openWorlds({ max: 1 });
  const { world } = worlds.enter('a');
  const { post } = await openAdmin({ worlds, director, world });
  const before = clock.pending;
  const waiting = post('/w/a/v1/journal/verify', { within: '1m' }).then(({ status }) => status);
  await expect.poll(() => clock.pending).toBeGreaterThan(before);
  expect(() => worlds.enter('b')).toThrow('all are in use');
  await clock.advanceAsync(60_000);
  expect(await waiting).toBe(409);
  expect(worlds.enter('b').made).toBe(true);
});

/** An event stream of a world, begun. */
function follow({ admin }: RunningServer, base: string): Promise<IncomingMessage> {
  const headers = { Authorization: 'Bearer admin' };
  return new Promise((resolve) => get(`${admin}${base}/v1/events`, { headers, agent: false }, resolve));
}

test('deleting a world drops its requests, ends its streams and verifications, and leaves others as they were', async () => {
  const opened = await open();
  const { server, sell, admin, names } = opened;
  const [a, b, home] = await holdIn(opened, ['/w/a', '/w/b', '']);
  const streams = await Promise.all(['/w/a', '/w/b'].map((base) => follow(server, base)));
  const over = new Promise((resolve) => streams[1]?.resume().once('end', resolve));
  const waiting = admin('POST', '/w/b/v1/journal/verify', { count: { min: 5 }, within: '4m' });
  expect((await admin('DELETE', '/v1/worlds/b')).status).toBe(204);
  await over;
  expect(await b?.()).toBe('reset');
  expect(told(await waiting)).toEqual([410, 'world_deleted']);
  expect([await a?.(), await home?.(), streams[0]?.destroyed]).toEqual(['held', 'held', false]);
  for (const gone of [await sell('/w/b/v1/sessions'), await admin('GET', '/w/b/v1/state')])
    expect(told(gone)).toEqual([410, 'world_deleted']);
  expect(told(await admin('POST', '/w/b/v1/heal', {}))).toEqual([410, 'world_deleted']);
  expect((await admin('PUT', '/v1/worlds/b', {})).status).toBe(201);
  expect((await sell('/w/b/v1/sessions')).status).toBe(200);
  expect(await names()).toEqual(['a', 'b', 'default']);
  streams[0]?.destroy();
});

test.each(['heal', 'reset'])('a %s in one world lets go of what is held there, and of nothing else', async (verb) => {
  const opened = await open();
  const [a, b, home] = await holdIn(opened, ['/w/a', '/w/b', '']);
  expect((await opened.admin('POST', `/w/b/v1/${verb}`, {})).body).toMatchObject({ rules: 1, dropped: 1 });
  expect([await a?.(), await b?.(), await home?.()]).toEqual(['held', 'reset', 'held']);
  expect((await opened.admin('POST', '/v1/heal', {})).body).toMatchObject({ rules: 1, dropped: 1 });
  expect([await a?.(), await home?.()]).toEqual(['held', 'reset']);
});

describe('the same requests meet the same fates', () => {
  let fates: number[][] = [];
  beforeAll(async () => {
    const server = await startInProcess();
    const rule = { fault: 'error-status', share: 0.5, match: { operations: ['getSeatMap'] } };
    const bases = ['/w/a', '/w/b', '', '/w/other'];
    await ask(`${server.admin}/v1/worlds/other`, { method: 'PUT', json: { seed: 8 } });
    fates = await Promise.all(
      bases.map(async (base) => {
        await ask(`${server.admin}${base}/v1/rules`, { method: 'POST', json: rule });
        const statuses: number[] = [];
        for (let at = 0; at < 60; at++)
          statuses.push((await ask(`${server.upstream}${base}/v1/sessions/s${1 + (at % 3)}/seat-map`)).status);
        return statuses;
      }),
    );
    return () => server.stop();
  });

  test('in whatever world they are asked', () => {
    const [a, b, home] = fates;
    expect(new Set(a)).toEqual(new Set([200, 503]));
    expect([b, home]).toEqual([a, a]);
  });

  test('and others in a world of another seed', () => expect(fates[3]).not.toEqual(fates[0]));
});
