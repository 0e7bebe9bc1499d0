// A front door on a real socket as an abort condition: it fails, hangs, is gone, and is well again.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PROBE_TIMEOUT_MS } from '../../src/rehearsal/front-door.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { startInProcess } from '../support/run-server.ts';

const WAIT = { timeout: 30_000, interval: 50 };
type Mood = 'well' | 'fails' | 'hangs';

/** A page that does as it is told, and counts in which mood it was asked, and calls that were given up. */
async function openDoor(mood: Mood) {
  const asked: Record<Mood, number> = { well: 0, fails: 0, hangs: 0 };
  const door = { mood, asked, givenUp: 0, url: '', close: () => {} };
  const reply = (response: ServerResponse): void => {
    asked[door.mood]++;
    if (door.mood === 'hangs') response.once('close', () => door.givenUp++);
    else response.writeHead(door.mood === 'well' ? 200 : 503).end('a page');
  };
  const server = createServer((_, response) => reply(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  door.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  door.close = () => {
    server.close();
    server.closeAllConnections();
  };
  onTestFinished(door.close);
  return door;
}

async function rehearse(url: string, failing: string, calm: string) {
  const server = await startInProcess();
  onTestFinished(() => server.stop());
  const admin = createAdminClient({ url: server.admin });
  const { id } = await admin.startRehearsal({
    title: 'the shop stays open',
    phases: [
      { name: 'calm', for: calm },
      { name: 'fault', for: '5m', on: [{ profile: 'checkout-hang', operations: ['completeOrder'] }] },
      { name: 'recovery', for: '1s' },
    ],
    abort: { frontDoor: { url, failing } },
  });
  const state = () => admin.rehearsal(id);
  const phase = async () => (await state()).phase;
  const ended = async () => (await state()).endedAt;
  return { admin, id, state, phase, ended };
}

describe('a front door', () => {
  test('that fails or hangs for less than it may, and is well again, aborts nothing', async () => {
    const door = await openDoor('well');
    const { admin, id, state, phase } = await rehearse(door.url, '2m', '1s');
    await expect.poll(phase, WAIT).toBe('fault');
    door.mood = 'fails';
    await expect.poll(() => door.asked.fails, WAIT).toBeGreaterThan(1);
    door.mood = 'hangs';
    await expect.poll(() => door.givenUp, WAIT).toBeGreaterThan(0);
    door.mood = 'well';
    const before = door.asked.well;
    await expect.poll(() => door.asked.well, WAIT).toBeGreaterThan(before + 1);
    expect(await state()).toMatchObject({ status: 'running', abort: null });
    expect(await admin.finishRehearsal(id)).toMatchObject({ status: 'finished', abort: null });
  });

  test('that hangs for longer aborts the rehearsal, and all is healed', async () => {
    const door = await openDoor('well');
    const { admin, state, phase, ended } = await rehearse(door.url, '1s', '1s');
    await expect.poll(phase, WAIT).toBe('fault');
    expect(await admin.rules()).toHaveLength(1);
    door.mood = 'hangs';
    await expect.poll(ended, WAIT).not.toBeNull();
    const { status, abort } = await state();
    expect({ status, condition: abort?.condition, limit: abort?.limit }).toEqual({
      ...{ status: 'aborted', condition: 'frontDoor', limit: '1s' },
    });
    expect(abort?.value).toMatch(new RegExp(`^failing for .*: no answer within ${PROBE_TIMEOUT_MS / 1000} s$`));
    expect(await admin.rules()).toEqual([]);
  });

  test.each([
    [
      'that answers 503',
      (door: { mood: Mood }) => {
        door.mood = 'fails';
      },
      'it answered 503',
    ],
    ['that is gone', (door: { close(): void }) => door.close(), 'the connection was refused'],
  ])('%s lets nothing be armed', async (_, worsen, value) => {
    const door = await openDoor('well');
    worsen(door);
    const { state, ended } = await rehearse(door.url, '2m', '3s');
    await expect.poll(ended, WAIT).not.toBeNull();
    const limit = 'must answer before anything is armed';
    expect(await state()).toMatchObject({ status: 'aborted', abort: { condition: 'frontDoor', value, limit } });
    expect((await state()).phases.map(({ name }) => name)).toEqual(['calm']);
  });
}, 120_000);
