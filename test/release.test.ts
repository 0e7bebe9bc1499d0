// Ends from outside: a ttl does not cut what it slowed, and a reset leaves nothing to be done in the fresh box office.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { requestText } from '../src/doctor/probe.ts';
import type { RunningServer } from '../src/server.ts';
import { run } from './cli/command.ts';
import { openRaw, type RawSocket } from './support/raw-socket.ts';
import { startInProcess } from './support/run-server.ts';
import { ask } from './support/seller.ts';

const LIST = requestText('GET', '/v1/sessions?limit=3');
const RESERVE = requestText(
  'POST',
  '/v1/sessions/s1/reservations',
  {},
  JSON.stringify({ bestAvailable: { count: 1 }, customerRef: 'ada' }),
);
let server: RunningServer;
beforeAll(async () => {
  server = await startInProcess();
});
afterEach(() => admin('/v1/reset'));
afterAll(() => server.stop());

const admin = (path: string, json: object = {}, method = 'POST') =>
  ask(`${server.admin}${path}`, method === 'GET' ? {} : { method, json });
const state = async () => (await admin('/v1/state', {}, 'GET')).body;
const isHeld = (count: number) => expect.poll(async () => (await state()).held).toBe(count);
const isReset = (raw: RawSocket) => expect.poll(() => raw.ending).toBe('rst');

async function send(text: string): Promise<RawSocket> {
  const raw = await openRaw(Number(new URL(server.upstream).port));
  raw.socket.write(text);
  return raw;
}

test.each([
  ['latency', { fixed: '1m' }],
  ['slow-body', { bytesPerSecond: 1 }],
])('a ttl shorter than %s %j ends in the whole answer', async (fault, params) => {
  await admin('/v1/rules', { fault, with: params, ttl: '1500ms' });
  const raw = await send(LIST);
  await raw.answers(1);
  await expect.poll(() => raw.heard.endsWith('}')).toBe(true);
  expect([raw.heard.slice(0, 15), raw.ending]).toEqual(['HTTP/1.1 200 OK', 'open']);
  const { data } = (await admin('/v1/actions', {}, 'GET')).body;
  expect(data[0]).toMatchObject({ verb: 'expire', result: { dropped: 0, answered: 1 } });
  raw.socket.destroy();
});

test('off ends what hangs by a reset and what waits by its answer, counts both, and does as it is told', async () => {
  const rules = [
    { fault: 'hang', match: { operations: ['getHealth'] } },
    { fault: 'latency', with: { fixed: '1m' }, match: { operations: ['listSessions'] } },
  ];
  await admin('/v1/profiles/p', { summary: 'For a test of ends.', rules }, 'PUT');
  const both = async () => {
    await admin('/v1/profiles/p/activate');
    const all = [await send(requestText('GET', '/v1/health')), await send(LIST)] as const;
    await isHeld(2);
    return all;
  };
  const [hanging, waiting] = await both();
  expect((await admin('/v1/profiles/p/deactivate')).body).toMatchObject({ dropped: 1, answered: 1 });
  await isReset(hanging);
  await waiting.answers(1);
  const dropped = await both();
  const off = await run(['off', 'p', '--release', 'drop', '--admin', server.admin]);
  expect(off.out).toContain('2 held requests dropped, 0 answered');
  for (const raw of dropped) await isReset(raw);
  const answered = await both();
  expect((await admin('/v1/activations/p?release=answer', {}, 'DELETE')).body).toMatchObject({ answered: 2 });
  for (const raw of answered) await raw.answers(1);
});

test('a reset drops whatever could still do work: what waits, what is queued, and what is still being sent', async () => {
  await admin('/v1/rules', { fault: 'latency', with: { fixed: '1m' }, match: { headers: { 'x-late': '*' } } });
  const late = await send(RESERVE.replace('\r\n\r\n', '\r\nX-Late: 1\r\n\r\n'));
  await isHeld(1);
  await admin('/v1/capacity', { servers: 1, serviceTime: { mean: '1m', cv: 0 } }, 'PUT');
  const queued = [await send(RESERVE), await send(RESERVE)];
  const uploading = await send(RESERVE.slice(0, -3));
  await expect.poll(async () => (await state()).inFlight).toBe(4);
  expect((await admin('/v1/reset')).body).toMatchObject({ dropped: 4 });
  for (const raw of [late, ...queued, uploading]) {
    await isReset(raw);
    expect(raw.heard).toBe('');
  }
  const { inFlight, boxOffice } = await state();
  expect([inFlight, boxOffice.reserved, boxOffice.reservations]).toEqual([0, 0, 0]);
  expect((await admin('/v1/journal', {}, 'GET')).body.data).toEqual([]);
});

test('a heal lets what is queued be served, and spares it nothing', async () => {
  await admin('/v1/capacity', { servers: 1, serviceTime: { mean: '1m', cv: 0 } }, 'PUT');
  const queued = [await send(RESERVE), await send(RESERVE)];
  await expect.poll(async () => (await state()).inFlight).toBe(2);
  await admin('/v1/heal');
  for (const raw of queued) await raw.answers(1);
  expect((await state()).boxOffice.reserved).toBe(2);
  for (const { socket } of queued) socket.destroy();
});
