// Connections as the admin API reaches them: new, all or severed; and doors that heal, whatever was done to them.
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requestText } from '../src/doctor/probe.ts';
import type { RunningServer } from '../src/server.ts';
import { run } from './cli/command.ts';
import { knock } from './support/connection-kinds.ts';
import { openRaw } from './support/raw-socket.ts';
import { startInProcess } from './support/run-server.ts';
import { ask } from './support/seller.ts';

let server: RunningServer;
let port: number;
beforeAll(async () => {
  server = await startInProcess();
  port = Number(new URL(server.upstream).port);
});
afterAll(() => server.stop());

const admin = (path: string, json: object = {}, method = 'POST') =>
  ask(`${server.admin}${path}`, method === 'GET' ? {} : { method, json });
const put = (name: string, rules: object[]) =>
  admin(`/v1/profiles/${name}`, { summary: 'For a test of connections.', rules }, 'PUT');
const HEALTH = requestText('GET', '/v1/health');

async function spokenWith() {
  const raw = await openRaw(port);
  raw.socket.write(HEALTH);
  await raw.answers(1);
  return raw;
}

const KINDS = [
  { fault: 'silent-connection', byDefault: false, ending: 'open', answered: 1 },
  { fault: 'reset-connection', byDefault: false, ending: 'rst', answered: 1 },
  { fault: 'reset-after', with: { after: '50ms' }, byDefault: true, ending: 'rst' },
  { fault: 'reset-after', with: { afterBytes: 40 }, byDefault: true, ending: 'rst' },
  { fault: 'idle-close', with: { after: '50ms' }, byDefault: true, ending: 'fin' },
  { fault: 'throttle', with: { bytesPerSecond: 40 }, byDefault: true, ending: 'open', answered: 1 },
  { fault: 'refuse-connection', byDefault: false, ending: 'open', untouchable: true },
  { fault: 'dark-door', byDefault: false, ending: 'open', untouchable: true },
  { fault: 'connection-slots', with: { slots: 1 }, byDefault: false, ending: 'open', untouchable: true },
];
const living = (reached: number, severed: number, spared: number) => ({
  living: { reached, severed, spared, hint: spared > 0 ? expect.stringContaining(`${spared} connection`) : null },
});

/** Connections whose clients may still be there. */
const stillThere = async (): Promise<object[]> => {
  const { data } = (await admin('/v1/connections', {}, 'GET')).body;
  return data.filter(({ lingering }: { lingering: boolean }) => !lingering);
};

describe.each(KINDS)('$fault $with, on a connection that lives already', (kind) => {
  const { byDefault, ending, answered, untouchable, ...rule } = kind;
  /** A client that has closed may still be written to before it is known to be gone. */
  const healed = async (): Promise<void> => {
    await admin('/v1/heal');
    await expect.poll(stillThere).toEqual([]);
  };
  afterEach(healed);

  test('spares it when told `new`, and says so', async () => {
    await put('p', [rule]);
    const raw = await spokenWith();
    const { body } = await admin('/v1/profiles/p/activate', { connections: 'new' });
    expect(body).toMatchObject(living(0, 0, 1));
    expect(body.living.hint).toMatch(untouchable ? /: `connections: sever` cuts it\.$/ : /`connections: all`/);
    raw.socket.write(HEALTH);
    await raw.answers(2);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(raw.ending).toBe('open');
    raw.socket.destroy();
  });

  test(`strikes it when told \`all\`${byDefault ? ', and when told nothing' : ''}, unless it cannot`, async () => {
    const asks = untouchable ? [{}] : byDefault ? [{ connections: 'all' }, {}] : [{ connections: 'all' }];
    for (const asked of asks) {
      const raw = await spokenWith();
      const added = await admin('/v1/rules', { ...rule, ...asked });
      expect(added.body).toMatchObject(untouchable ? living(0, 0, 1) : living(1, 0, 0));
      raw.socket.write(HEALTH);
      if (ending === 'open') await new Promise((resolve) => setTimeout(resolve, 150));
      await expect.poll(() => raw.ending).toBe(ending);
      if (answered !== undefined) expect(raw.answered).toBe(answered);
      if (untouchable) await raw.answers(2);
      raw.socket.destroy();
      await healed();
    }
  });

  test('is cut when told `sever`, by the rule as by the activation', async () => {
    for (const by of ['rule', 'activation']) {
      const raw = await spokenWith();
      await put('p', [by === 'rule' ? { ...rule, connections: 'sever' } : rule]);
      const { body } = await admin('/v1/profiles/p/activate', by === 'rule' ? {} : { connections: 'sever' });
      expect(body).toMatchObject(living(0, 1, 0));
      await expect.poll(() => raw.ending).toBe('rst');
      await healed();
    }
  });
});

test('stale-keepalive closes a pooled connection that idled, as its next request goes out on it', async () => {
  const raw = await spokenWith();
  expect((await admin('/v1/profiles/stale-keepalive/activate')).body).toMatchObject(living(1, 0, 0));
  raw.socket.write(HEALTH);
  await raw.answers(2);
  await new Promise((resolve) => setTimeout(resolve, 2100));
  expect(raw.ending).toBe('open');
  raw.socket.write(HEALTH);
  await expect.poll(() => raw.ending).toBe('fin');
  expect(raw.answered).toBe(2);
  raw.socket.destroy();
  await admin('/v1/heal');
});

test('`on` says who is spared and how to reach them, and nothing where nobody is', async () => {
  await put('p', [{ fault: 'silent-connection' }]);
  await expect.poll(async () => (await admin('/v1/connections', {}, 'GET')).body.data).toEqual([]);
  const on = (...args: string[]) => run(['on', 'p', '--admin', server.admin, ...args]);
  expect((await on()).out).not.toContain('connection that');
  await admin('/v1/heal');
  const raw = await spokenWith();
  expect((await on('--doors', 'main')).out).toContain('\n1 connection that lives already is spared by silent-con');
  expect((await on('--connections', 'all')).out).not.toContain('connection that');
  expect((await on('--connections', 'sever')).out).toContain('\n1 connection cut.');
  await expect.poll(() => raw.ending).toBe('rst');
  expect((await on('--connections', 'sever', '--clients', 'ada')).err).toContain('nobody knows whose');
  await admin('/v1/heal');
});

test('silence put on the living holds their requests, and `answer` serves them, bodies too', async () => {
  await put('p', [{ fault: 'silent-connection' }]);
  const raw = await spokenWith();
  await admin('/v1/profiles/p/activate', { connections: 'all' });
  raw.socket.write(requestText('POST', '/v1/discounts/validate', {}, '{}'));
  await expect.poll(async () => (await admin('/v1/state', {}, 'GET')).body.held).toBe(1);
  expect((await admin('/v1/heal', { release: 'answer' })).body).toMatchObject({ answered: 1, dropped: 0 });
  await raw.answers(2);
  expect(raw.heard).toContain('HTTP/1.1 400 ');
  raw.socket.destroy();
});

test('`new` spares requests on connections that were there', async () => {
  await put('p', [{ fault: 'error-status', with: { status: 503 } }]);
  const old = await spokenWith();
  await new Promise((resolve) => setTimeout(resolve, 5));
  await admin('/v1/profiles/p/activate', { connections: 'new' });
  old.socket.write(HEALTH);
  await old.answers(2);
  expect(old.heard).not.toContain('503');
  expect(await knock({ port })).toMatchObject({ status: 503 });
  await admin('/v1/profiles/p/activate');
  old.socket.write(HEALTH);
  await old.answers(3);
  expect(old.heard).toContain('503');
  old.socket.destroy();
  await admin('/v1/heal');
});

test('`sever` cuts those it is meant for, and the door is shut when it answers', async () => {
  await put('p', [{ fault: 'refuse-connection' }]);
  const raw = await spokenWith();
  await admin('/v1/profiles/p/activate', { connections: 'sever' });
  await expect.poll(() => raw.ending).toBe('rst');
  expect(await knock({ port })).toMatchObject({ ending: 'refused' });
  expect((await admin('/readyz', {}, 'GET')).status).toBe(200);
  await admin('/v1/profiles/p/deactivate');
  expect(await knock({ port })).toMatchObject({ status: 200 });
});

test('live connections are listed and cut by address', async () => {
  const [one, other] = [await openRaw(port, '127.0.0.8'), await spokenWith()];
  await expect
    .poll(async () => (await admin('/v1/connections', {}, 'GET')).body.data.map((c: { remote: string }) => c.remote))
    .toEqual(['127.0.0.8', '127.0.0.1']);
  const { data } = (await admin('/v1/connections', {}, 'GET')).body;
  expect(data[1]).toMatchObject({ door: 'main', requests: 1, underWay: 0, flood: false, waiting: false });
  expect((await admin('/v1/connections/sever', { addresses: ['127.0.0.8/32'] })).body).toEqual({ severed: 1 });
  await expect.poll(() => one.ending).toBe('rst');
  expect(other.ending).toBe('open');
  expect((await admin('/v1/connections/sever')).body).toEqual({ severed: 1 });
  await expect.poll(() => other.ending).toBe('rst');
});

test.each(['refuse-connection', 'dark-door', 'silent-connection', 'connection-slots', 'reset-connection'])(
  'under %s the server stays ready, and a ttl, a deletion and heal each bring the door back',
  async (fault) => {
    await put('p', [{ fault }]);
    for (const end of ['ttl', 'delete', 'heal']) {
      await admin('/v1/profiles/p/activate', end === 'ttl' ? { ttl: '300ms' } : {});
      expect((await admin('/readyz', {}, 'GET')).body).toEqual({ ready: true, problems: [] });
      if (end === 'delete') await admin('/v1/activations/p', {}, 'DELETE');
      if (end === 'heal') await admin('/v1/heal');
      if (end === 'ttl') await expect.poll(async () => (await admin('/v1/rules', {}, 'GET')).body.data).toEqual([]);
      await expect.poll(async () => (await knock({ port })).status).toBe(200);
    }
  },
);

test('a port that cannot be taken back makes the server unready in words, and it is taken as soon as it is free', async () => {
  await put('p', [{ fault: 'refuse-connection' }]);
  await admin('/v1/profiles/p/activate');
  const thief = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => thief.once('listening', resolve));
  expect((await admin('/v1/heal')).status).toBe(503);
  const unready = await admin('/readyz', {}, 'GET');
  expect(unready.status).toBe(503);
  expect(unready.body.problems[0]).toMatch(/^door main cannot be brought to what is wanted: .*EADDRINUSE/);
  await new Promise((resolve) => thief.close(resolve));
  await expect.poll(async () => (await admin('/readyz', {}, 'GET')).status).toBe(200);
  expect(await knock({ port })).toMatchObject({ status: 200 });
});
