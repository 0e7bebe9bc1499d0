// Kinds of connections act at their effect: what rules, journal and limits say before it, at it, and when it never comes.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requestText } from '../src/doctor/probe.ts';
import type { RunningServer } from '../src/server.ts';
import { plainAdmin } from './support/plain-admin.ts';
import { openRaw, type RawSocket } from './support/raw-socket.ts';
import { startInProcess } from './support/run-server.ts';

const LIST = requestText('GET', '/v1/sessions?limit=3');
const PATIENTLY = { interval: 10, timeout: 30_000 };

let server: RunningServer;
let port: number;
let admin: ReturnType<typeof plainAdmin>;
beforeAll(async () => {
  server = await startInProcess();
  port = Number(new URL(server.upstream).port);
  admin = plainAdmin(server.admin);
});
afterAll(() => server.stop());
afterEach(async () => {
  await admin('POST', '/v1/heal', {});
  await admin('POST', '/v1/connections/sever', {});
  await expect.poll(connections, PATIENTLY).toEqual([]);
  await admin('DELETE', '/v1/journal');
});

const connections = async () => (await admin('GET', '/v1/connections')).body.data;
const arm = async (fault: string, params: object, more: object = {}): Promise<void> =>
  expect(await admin('POST', '/v1/rules', { fault, with: params, ...more })).toMatchObject({ status: 201 });
const rule = async () => (await admin('GET', '/v1/rules')).body.data[0];
const entries = async (operation: string) => (await admin('GET', `/v1/journal?operation=${operation}`)).body.data;
const known = (count: number) => expect.poll(async () => (await connections()).length, PATIENTLY).toBe(count);
const counts = (wanted: object) => expect.poll(rule, PATIENTLY).toMatchObject(wanted);

async function asked(): Promise<RawSocket> {
  const raw = await openRaw(port);
  raw.socket.write(LIST);
  await raw.answers(1);
  return raw;
}
/** Comes, and says nothing. */
async function mute(): Promise<RawSocket> {
  const raw = await openRaw(port);
  await known(1);
  return raw;
}
const leave = ({ socket }: RawSocket): void => void socket.resetAndDestroy();

interface Case {
  readonly fault: string;
  readonly params: object;
  /** How far it goes without the effect. */
  begin(): Promise<RawSocket>;
  /** What brings the effect; unset: time. */
  strike?(raw: RawSocket): void;
  /** What shows that the effect is there. */
  shown(raw: RawSocket): boolean;
}

const CASES: readonly Case[] = [
  { fault: 'idle-close', params: { after: '1500ms' }, begin: asked, shown: ({ ending }) => ending === 'fin' },
  {
    fault: 'idle-close',
    params: { after: '0ms', onNextRequest: true },
    begin: asked,
    strike: ({ socket }) => socket.write(LIST),
    shown: ({ ending }) => ending === 'fin',
  },
  { fault: 'reset-after', params: { after: '1500ms' }, begin: asked, shown: ({ ending }) => ending === 'rst' },
  {
    fault: 'reset-after',
    params: { afterBytes: 100 },
    begin: mute,
    strike: ({ socket }) => socket.write(LIST),
    shown: ({ ending, heard }) => ending === 'rst' && heard.length === 100,
  },
  {
    fault: 'throttle',
    params: { bytesPerSecond: 4000 },
    begin: mute,
    strike: ({ socket }) => socket.write(LIST),
    shown: ({ heard }) => heard.length > 0,
  },
  {
    fault: 'slow-close',
    params: { delay: '200ms' },
    begin: asked,
    strike: ({ socket }) => socket.end(),
    shown: ({ ending }) => ending === 'fin',
  },
  {
    fault: 'silent-connection',
    params: {},
    begin: mute,
    strike: ({ socket }) => socket.write(LIST),
    shown: ({ heard, ending }) => heard === '' && ending === 'open',
  },
];

describe.each(CASES)('$fault $params', ({ fault, params, begin, strike, shown }) => {
  test('acts at its effect and not before it', async () => {
    await arm(fault, params);
    const raw = await begin();
    expect(await rule()).toMatchObject({ acted: 0, inapplicable: 0 });
    expect((await entries('connect'))[0]).toMatchObject({ hits: [], ended: null });
    strike?.(raw);
    await counts({ acted: 1, inapplicable: 0 });
    await expect.poll(() => shown(raw), PATIENTLY).toBe(true);
    expect((await entries('connect'))[0]).toMatchObject({ hits: [{ fault }] });
    leave(raw);
    await known(0);
    expect(await rule()).toMatchObject({ acted: 1, inapplicable: 0 });
  });

  test('finds nothing to act on when its client leaves first, and its limit serves the next', async () => {
    await arm(fault, params, { limit: 1, per: 'all' });
    const first = await begin();
    leave(first);
    await known(0);
    await counts({ acted: 0, inapplicable: 1 });
    expect((await entries('connect'))[0]).toMatchObject({ hits: [], inapplicable: [{ fault }], ended: 'client-left' });
    const second = await begin();
    strike?.(second);
    await counts({ acted: 1, inapplicable: 1 });
    leave(second);
    await known(0);
    const third = await begin();
    strike?.(third);
    await counts({ acted: 1, limited: 1 });
    leave(third);
  });
});

test('reset-connection acts at once, as often as its limit says', async () => {
  await arm('reset-connection', {}, { limit: 2, per: 'all' });
  for (let i = 0; i < 2; i++) {
    const raw = await openRaw(port);
    await expect.poll(() => raw.ending, PATIENTLY).toBe('rst');
  }
  const served = await asked();
  expect(await rule()).toMatchObject({ matched: 3, acted: 2, limited: 1 });
  leave(served);
});

test('silent-connection gives its limit back at the FIN of one that never spoke, though its socket lingers', async () => {
  await arm('silent-connection', {}, { limit: 1, per: 'all' });
  const first = await mute();
  first.socket.end();
  await counts({ acted: 0, inapplicable: 1 });
  expect(await connections()).toMatchObject([{ lingering: true, waiting: false }]);
  expect((await entries('connect'))[0]).toMatchObject({ hits: [], ended: 'client-left' });
  const second = await openRaw(port);
  second.socket.write(LIST);
  await counts({ acted: 1, inapplicable: 1 });
});

describe('connection-slots', () => {
  test('acts on a connection that has to wait, and not on one that finds a slot', async () => {
    await arm('connection-slots', { slots: 1 });
    const served = await asked();
    expect(await rule()).toMatchObject({ acted: 0 });
    const waiting = await openRaw(port);
    await counts({ acted: 1 });
    expect(await entries('connect')).toMatchObject([{ hits: [{ fault: 'connection-slots' }] }]);
    leave(served);
    waiting.socket.write(LIST);
    await waiting.answers(1);
    expect(await rule()).toMatchObject({ acted: 1 });
    leave(waiting);
  });

  test('acts on one that is reset', async () => {
    await arm('connection-slots', { slots: 1, waiting: 0 });
    const served = await asked();
    const other = await openRaw(port);
    await expect.poll(() => other.ending, PATIENTLY).toBe('rst');
    await counts({ acted: 1 });
    leave(served);
  });

  test('acts on one that is turned away as it is told so, and not on one that never asked', async () => {
    await arm('connection-slots', { slots: 1, waiting: 0, overflow: 'unavailable' });
    const served = await asked();
    const dumb = await openRaw(port);
    await known(2);
    expect(await rule()).toMatchObject({ acted: 0 });
    leave(dumb);
    await counts({ acted: 0, inapplicable: 1 });
    const told = await asked();
    expect(told.heard).toMatch(/^HTTP\/1\.1 503 /);
    await counts({ acted: 1, inapplicable: 1 });
    leave(served);
    leave(told);
  });
});

describe('the journal says what left', () => {
  test.each([0, 5])('an RST after %i bytes gives no status', async (afterBytes) => {
    await arm('reset-after', { afterBytes });
    const raw = await openRaw(port);
    raw.socket.write(LIST);
    await expect.poll(() => raw.ending, PATIENTLY).toBe('rst');
    expect(raw.heard.length).toBe(afterBytes);
    await expect
      .poll(async () => (await entries('listSessions'))[0], PATIENTLY)
      .toMatchObject({ status: null, bytesOut: 0, firstByteAt: null, ended: 'reset' });
  });

  test.each([
    ['slow-body', { bytesPerSecond: 1000 }],
    ['throttle', { bytesPerSecond: 1000 }],
  ])('the bytes of an answer that its client cut under %s are those that were written', async (fault, params) => {
    await arm(fault, params);
    const raw = await openRaw(port);
    raw.socket.write(requestText('GET', '/v1/sessions?limit=100'));
    const body = (): number => Math.max(0, raw.heard.length - raw.heard.indexOf('\r\n\r\n') - 4);
    const whole = (): number => Number(/^content-length: (\d+)\r$/im.exec(raw.heard)?.[1]);
    await expect.poll(() => raw.heard.includes('\r\n\r\n') && body() >= 100, PATIENTLY).toBe(true);
    leave(raw);
    await expect.poll(async () => (await entries('listSessions'))[0]?.ended, PATIENTLY).toBe('client-left');
    const [{ status, bytesOut }] = await entries('listSessions');
    expect(status).toBe(200);
    expect(bytesOut).toBeGreaterThanOrEqual(body());
    expect(bytesOut).toBeLessThan(whole() / 2);
  });
});
