// A client that shuts its sending half: answered if that comes by itself, taken for one that has left until it takes an answer.
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requestText } from '../src/doctor/probe.ts';
import type { RunningServer } from '../src/server.ts';
import { run } from './cli/command.ts';
import { plainAdmin } from './support/plain-admin.ts';
import { openTlsRaw } from './support/raw-clients.ts';
import { openRaw, type RawSocket } from './support/raw-socket.ts';
import { startInProcess } from './support/run-server.ts';

const LIST = requestText('GET', '/v1/sessions?limit=3');
const PATIENTLY = { interval: 10, timeout: 30_000 };

let server: RunningServer;
let port: number;
let tlsPort: number;
let admin: ReturnType<typeof plainAdmin>;
beforeAll(async () => {
  server = await startInProcess({ SHOWSTOPPER_TLS_PORT: '0' });
  port = Number(new URL(server.upstream).port);
  tlsPort = Number(new URL(server.upstreamTls as string).port);
  admin = plainAdmin(server.admin);
});
afterAll(() => server.stop());
afterEach(async () => {
  await admin('POST', '/v1/heal', {});
  await admin('POST', '/v1/connections/sever', {});
  await expect.poll(connections, PATIENTLY).toEqual([]);
  await admin('DELETE', '/v1/journal');
});

const arm = async (fault: string, params: object = {}): Promise<void> =>
  expect(await admin('POST', '/v1/rules', { fault, with: params })).toMatchObject({ status: 201 });
const connections = async () => (await admin('GET', '/v1/connections')).body.data;
const entries = async (query = '') => (await admin('GET', `/v1/journal${query}`)).body.data;
const state = async () => (await admin('GET', '/v1/state')).body;
const verify = async (json: object) => (await admin('POST', '/v1/journal/verify', json)).body;

/** Asks, and shuts its sending half behind it. */
async function askAndShut(text = LIST): Promise<RawSocket> {
  const raw = await openRaw(port);
  raw.socket.end(text);
  return raw;
}

function expectWhole(heard: string): void {
  const [, length] = /^content-length: (\d+)\r$/im.exec(heard) ?? [];
  expect(heard).toMatch(/^HTTP\/1\.1 200 /);
  expect(heard.length - heard.indexOf('\r\n\r\n') - 4).toBe(Number(length));
}

describe('what answers by itself still does', () => {
  test.each([
    ['nothing', undefined, {}],
    ['latency', 'latency', { fixed: '300ms' }],
    ['slow-body', 'slow-body', { bytesPerSecond: 3000 }],
    ['throttle', 'throttle', { bytesPerSecond: 5000 }],
    ['slow-close', 'slow-close', { delay: '150ms' }],
  ])('under %s: the whole answer, and then our FIN', async (_name, fault, params) => {
    if (fault) await arm(fault, params);
    const raw = await askAndShut();
    await expect.poll(() => raw.ending, PATIENTLY).toBe('fin');
    expectWhole(raw.heard);
    await expect.poll(async () => (await entries('?operation=listSessions'))[0]?.ended).toBe('answered');
    const [entry] = await entries('?operation=listSessions');
    expect(entry).toMatchObject({ status: 200, bytesOut: raw.heard.length - raw.heard.indexOf('\r\n\r\n') - 4 });
    if (fault === 'latency' || fault === 'slow-body') expect(entry.finAt).not.toBeNull();
    await expect.poll(connections, { timeout: 3000 }).toEqual([]);
  });

  test('over TLS as well', async () => {
    await arm('latency', { fixed: '300ms' });
    const raw = await openTlsRaw(tlsPort);
    raw.socket.end(LIST);
    await expect.poll(() => raw.ended, PATIENTLY).toBe(true);
    expectWhole(raw.heard);
    await expect.poll(async () => (await entries())[0]).toMatchObject({ ended: 'answered', finAt: expect.any(String) });
    await expect.poll(connections, PATIENTLY).toEqual([]);
  });

  test('to every request of a pipeline, in order, and the FIN comes behind the last', async () => {
    await arm('latency', { fixed: '100ms' });
    const raw = await askAndShut(LIST + requestText('GET', '/v1/nowhere') + LIST);
    await expect.poll(() => raw.ending, PATIENTLY).toBe('fin');
    expect(raw.heard.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 200']);
    await expect
      .poll(async () => (await entries()).map(({ ended }: { ended: string }) => ended))
      .toEqual(['answered', 'answered', 'answered']);
  });

  test('and one that idles is closed at once', async () => {
    const raw = await openRaw(port);
    raw.socket.write(LIST);
    await raw.answers(1);
    raw.socket.end();
    await expect.poll(() => raw.ending, { timeout: 3000 }).toBe('fin');
    await expect.poll(connections, { timeout: 3000 }).toEqual([]);
  });
});

describe('what is held without end is held for nobody', () => {
  test.each([
    ['hang', {}, true],
    ['hang-after-work', {}, false],
    ['stall-body', {}, true],
    ['early-hints-forever', {}, false],
    ['partial-outage', { nodes: 1, bad: 1, how: 'hang' }, false],
  ])('under %s it is client-left at the FIN, and its socket lingers and closes', async (fault, params, watched) => {
    await arm(fault, params);
    const raw = await openRaw(port);
    raw.socket.write(LIST);
    await expect.poll(async () => (await state()).held).toBe(1);
    raw.socket.end();
    await expect.poll(state).toMatchObject({ held: 0, inFlight: 0 });
    const [entry] = await entries();
    expect(entry).toMatchObject({ ended: 'client-left', endedAt: entry.finAt, finAt: expect.any(String) });
    expect(await connections()).toMatchObject([{ lingering: true, underWay: 0 }]);
    expect(raw.ending).toBe('open');
    if (!watched) return;
    const heard = raw.heard.length;
    await expect.poll(() => raw.ending, PATIENTLY).toBe('fin');
    expect(raw.heard.length).toBe(heard);
    await expect.poll(connections, PATIENTLY).toEqual([]);
  });

  test('a heal ends the lingering as well, for no rule is left that wants the silence', async () => {
    await arm('hang');
    const raw = await askAndShut();
    await expect.poll(connections, PATIENTLY).toMatchObject([{ lingering: true }]);
    await admin('POST', '/v1/heal', {});
    await expect.poll(() => raw.ending, PATIENTLY).toBe('rst');
    expect(await connections()).toEqual([]);
    expect((await entries())[0]).toMatchObject({ ended: 'client-left' });
  });

  test('also if the FIN came before the rule held it', async () => {
    await arm('latency', { fixed: '200ms' });
    await arm('hang');
    await askAndShut();
    await expect.poll(async () => (await entries())[0], PATIENTLY).toMatchObject({ ended: 'client-left' });
    expect(await state()).toMatchObject({ held: 0, inFlight: 0 });
    expect(await connections()).toMatchObject([{ lingering: true }]);
  });

  test('it gives its slot to the next at once', async () => {
    await arm('connection-slots', { slots: 1 });
    await arm('hang');
    const first = await openRaw(port);
    first.socket.write(LIST);
    await expect.poll(async () => (await state()).held).toBe(1);
    const second = await openRaw(port);
    await expect.poll(async () => (await connections())[1]?.waiting).toBe(true);
    first.socket.end();
    await expect.poll(async () => (await connections())[1]?.waiting, { timeout: 3000 }).toBe(false);
    expect(second.ending).toBe('open');
  });
});

describe('whoever asks while the wait is on', () => {
  const left = { match: { ended: 'client-left' }, count: { min: 1, max: 1 } };

  test('finds an open entry whose client has shut its side as client-left', async () => {
    await arm('latency', { fixed: '4s' });
    const raw = await askAndShut();
    expect(await verify({ ...left, within: '3s' })).toMatchObject({ ok: true, count: 1 });
    expect(await entries('?ended=client-left')).toMatchObject([{ ended: null, finAt: expect.any(String) }]);
    expect(await entries('?ended=open')).toEqual([]);
    await expect.poll(() => raw.ending, PATIENTLY).toBe('fin');
    expectWhole(raw.heard);
    await expect.poll(() => entries('?ended=client-left')).toEqual([]);
    expect(await verify(left)).toMatchObject({ code: 'verification_failed', count: 0 });
  });

  test('finds one that has closed at once, and the command line does so too', async () => {
    await arm('latency', { fixed: '30s' });
    const socket = connect(port, '127.0.0.1', () => socket.write(LIST));
    await expect.poll(async () => (await state()).held).toBe(1);
    socket.destroy();
    expect(await verify({ ...left, within: '30s' })).toMatchObject({ ok: true, count: 1 });
    const told = await run(['verify', '--ended', 'client-left', '--min', '1', '--admin', server.admin]);
    expect(told).toMatchObject({ status: 0, out: expect.stringMatching(/^yes/) });
  });

  test('finds one that has closed still so when its answer was in vain', async () => {
    await arm('latency', { fixed: '1s' });
    const socket = connect(port, '127.0.0.1', () => socket.write(LIST));
    await expect.poll(async () => (await state()).held).toBe(1);
    socket.destroy();
    await expect
      .poll(async () => (await entries())[0], PATIENTLY)
      .toMatchObject({ ended: 'client-left', workedAt: expect.any(String) });
    const [entry] = await entries();
    expect(entry.endedAt).toBe(entry.finAt);
  });
});
