// What happens in a world's box office stands in its journal, at its moment and once, also when nobody reads.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../src/server.ts';
import { startInProcess } from '../support/run-server.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startInProcess();
});
afterAll(() => server.stop());

const HEADERS = { 'Content-Type': 'application/json', Authorization: 'Bearer ada' };

interface Page {
  readonly data: Record<string, unknown>[];
}

async function reserve(world: string, customerRef: string): Promise<{ id: string; sessionId: string }> {
  const base = `${server.upstream}/w/${world}/v1`;
  const sessions = await fetch(`${base}/sessions?status=on_sale&limit=1`, { headers: HEADERS });
  const { data } = (await sessions.json()) as { data: { id: string }[] };
  const answer = await fetch(`${base}/sessions/${data[0]?.id}/reservations`, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify({ bestAvailable: { count: 1 }, customerRef }),
  });
  return (await answer.json()) as { id: string; sessionId: string };
}

const events = async (world: string): Promise<Record<string, unknown>[]> =>
  ((await (await fetch(`${server.admin}/w/${world}/v1/journal?kind=event`)).json()) as Page).data;

const change = (path: string, body: object = {}): Promise<Response> =>
  fetch(`${server.admin}${path}`, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) });

test('a reservation, and its lapse when the clock is moved, are events of its world alone', async () => {
  const { id, sessionId } = await reserve('facts-a', 'ada-1');
  await reserve('facts-b', 'ada-1');
  await change('/w/facts-a/v1/clock', { advance: '16m' });
  const about = { kind: 'event', client: 'ada', session: sessionId, reservation: id, order: null };
  await expect
    .poll(() => events('facts-a'))
    .toMatchObject([
      { ...about, happened: 'lapsed' },
      { ...about, happened: 'reserved' },
    ]);
  expect((await events('facts-b')).map(({ happened }) => happened)).toEqual(['reserved']);
});

test('a lapse that a reader concludes is told once, and a reset forgets what was', async () => {
  const { id } = await reserve('facts-c', 'ada-2');
  await change('/w/facts-c/v1/clock', { advance: '16m' });
  await fetch(`${server.upstream}/w/facts-c/v1/reservations/${id}`, { headers: HEADERS });
  await expect.poll(async () => (await events('facts-c')).length).toBe(2);
  await change('/w/facts-c/v1/reset');
  expect(await events('facts-c')).toEqual([]);
  await change('/w/facts-c/v1/clock', { advance: '16m' });
  await reserve('facts-c', 'ada-2');
  expect((await events('facts-c')).map(({ happened }) => happened)).toEqual(['reserved']);
});
