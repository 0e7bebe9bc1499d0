// Connections that are over are over in every book: the crowds that leave, the stray bytes, the heals in between.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestText } from '../src/doctor/probe.ts';
import type { RunningServer } from '../src/server.ts';
import { ABANDONS_AND_STOPS, BUNDLED_ENV } from './support/bundled.ts';
import { kernelIsSeen, ownSocketsOn } from './support/kernel-sockets.ts';
import { metricOf, plainAdmin } from './support/plain-admin.ts';
import { manyRaw } from './support/raw-clients.ts';
import { openRaw } from './support/raw-socket.ts';
import { startInProcess } from './support/run-server.ts';

const LIST = requestText('GET', '/v1/sessions?limit=3');
/** What lingers does so for 5 s. */
const DRAINED = { interval: 50, timeout: 30_000 };

let server: RunningServer;
let port: number;
let admin: ReturnType<typeof plainAdmin>;
const open = async (env: Record<string, string> = {}): Promise<void> => {
  server = await startInProcess(env);
  port = Number(new URL(server.upstream).port);
  admin = plainAdmin(server.admin);
};

const connections = async (): Promise<{ waiting: boolean; underWay: number }[]> =>
  (await admin('GET', '/v1/connections')).body.data;
const arm = async (...rules: object[]): Promise<void> => {
  for (const rule of rules) expect(await admin('POST', '/v1/rules', rule)).toMatchObject({ status: 201 });
};
const heal = () => admin('POST', '/v1/heal', {});

async function nothingIsLeft(): Promise<void> {
  await expect.poll(connections, DRAINED).toEqual([]);
  if (kernelIsSeen) await expect.poll(() => ownSocketsOn(port)).toEqual([]);
  expect((await admin('GET', '/v1/state')).body).toMatchObject({ inFlight: 0, held: 0, journal: { open: 0 } });
  expect(metricOf((await admin('GET', '/metrics')).body, 'showstopper_ghost_connections_total')).toBe(0);
}

async function oneSlotServes(): Promise<void> {
  await arm({ fault: 'connection-slots', with: { slots: 1, waiting: 0 } });
  const raw = await openRaw(port);
  raw.socket.write(LIST);
  await raw.answers(1);
  expect(raw.heard).toMatch(/^HTTP\/1\.1 200 /);
  raw.socket.destroy();
  await heal();
}

describe('a crowd that leaves', () => {
  beforeAll(() => open());
  afterAll(() => server.stop());

  test('leaves nothing behind after sockets-exhausted and heal, and slots serve again', async () => {
    expect(await admin('POST', '/v1/profiles/sockets-exhausted/activate', {})).toMatchObject({ status: 200 });
    const crowd = await manyRaw(port, 30, LIST);
    await expect.poll(async () => (await connections()).filter(({ waiting }) => waiting).length).toBe(10);
    await expect.poll(async () => (await admin('GET', '/v1/state')).body.inFlight).toBe(20);
    for (const { socket } of crowd) socket.destroy();
    await heal();
    await nothingIsLeft();
    await oneSlotServes();
  });

  test('is gone also when it leaves while the heal is on, by FIN or RST', async () => {
    await admin('POST', '/v1/profiles/sockets-exhausted/activate', {});
    const crowd = await manyRaw(port, 30, LIST);
    await expect.poll(async () => (await admin('GET', '/v1/state')).body.inFlight).toBe(20);
    const healed = heal();
    for (const [index, { socket }] of crowd.entries())
      if (index % 2 === 0) socket.resetAndDestroy();
      else socket.end();
    await healed;
    for (const { socket } of crowd) socket.destroy();
    await nothingIsLeft();
    await oneSlotServes();
  });

  test('of half-read bodies is gone, over ten heals', async () => {
    for (let round = 0; round < 10; round++) {
      await arm({ fault: 'stall-body' });
      const crowd = await manyRaw(port, 25, LIST);
      await Promise.all(crowd.map((raw) => raw.answers(1)));
      for (const { socket } of crowd.slice(0, 12)) socket.destroy();
      for (const { socket } of crowd.slice(12, 18)) socket.resetAndDestroy();
      const healed = heal();
      for (const { socket } of crowd.slice(18)) socket.destroy();
      await healed;
    }
    await nothingIsLeft();
  });
});

describe('with room for 40 connections', () => {
  beforeAll(() => open({ SHOWSTOPPER_MAX_CONNECTIONS: '40' }));
  afterAll(() => server.stop());

  test('hang and slow-close over five rounds leave the door open, and readyz honest', async () => {
    for (let round = 0; round < 5; round++) {
      await arm({ fault: 'hang' }, { fault: 'slow-close', with: { delay: '20s' } });
      const crowd = await manyRaw(port, 40, LIST);
      await expect.poll(async () => (await admin('GET', '/v1/state')).body.inFlight).toBe(40);
      for (const { socket } of crowd) socket.destroy();
      await heal();
      await admin('POST', '/v1/reset', {});
      expect(await admin('GET', '/readyz')).toMatchObject({ status: 200 });
      await expect.poll(async () => (await connections()).length, DRAINED).toBe(0);
    }
    const last = await manyRaw(port, 40, LIST);
    await Promise.all(last.map((raw) => raw.answers(1)));
    for (const { socket } of last) socket.destroy();
    await nothingIsLeft();
  });
});

describe('one stray byte behind the request', () => {
  beforeAll(() => open());
  afterAll(() => server.stop());

  test.each([
    ['lost-reply', {}],
    ['lost-reply', { afterBytes: 40 }],
    ['partial-outage', { nodes: 1, bad: 1, how: 'reset' }],
    ['empty-reply', {}],
    ['truncated-body', {}],
    ['garbage', {}],
    ['reset-after', { afterBytes: 0 }],
    ['reset-after', { afterBytes: 100 }],
  ])('does not keep a connection that %s %j ends', async (fault, params) => {
    await arm({ fault, with: params });
    const crowd = await manyRaw(port, 20, `${LIST}x`);
    await expect.poll(() => crowd.filter(({ ending }) => ending === 'open').length).toBe(0);
    for (const { socket } of crowd) socket.destroy();
    await nothingIsLeft();
    await heal();
  });
});

describe.concurrent('a process that has stopped its server', () => {
  test.each([
    [[{ fault: 'hang' }]],
    [
      [
        { fault: 'connection-slots', with: { slots: 3 } },
        { fault: 'hang' },
        { fault: 'slow-close', with: { delay: '10m' } },
      ],
    ],
    [[{ fault: 'stall-body' }]],
    [[{ fault: 'silent-connection' }]],
    [[{ fault: 'latency', with: { fixed: '10m' } }]],
    [[{ fault: 'slow-body', with: { bytesPerSecond: 0.01 } }]],
    [[{ fault: 'throttle', with: { bytesPerSecond: 30 } }]],
    [[{ fault: 'early-hints-forever' }, { fault: 'idle-close', with: { after: '10m' }, ttl: '10m' }]],
  ])('ends by itself, though calls were abandoned under %j', async (rules) => {
    const child = spawn(process.execPath, [ABANDONS_AND_STOPS, JSON.stringify(rules)], { env: BUNDLED_ENV });
    let out = '';
    child.stdout.on('data', (text) => {
      out += text;
    });
    const giveUp = setTimeout(() => child.kill('SIGKILL'), 100_000);
    const [code, signal] = await once(child, 'exit');
    clearTimeout(giveUp);
    expect({ out, code, signal }).toEqual({ out: 'stopped\n', code: 0, signal: null });
  });
});
