// A scenario played fast against a live server: what a real client sees in each phase, and the same faults again.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type AdminClient, createAdminClient } from '../src/sdk/admin-client.ts';
import type { RunningServer } from '../src/server.ts';
import { run } from './cli/command.ts';
import { startInProcess } from './support/run-server.ts';

const STORY = `summary: All that can happen in five minutes.
ends: 5m
cues:
  - { at: 1m, activate: overloaded-503, share: 1 }
  - { at: 2m, deactivate: overloaded-503 }
  - { at: 2m, activate: upstream-hang }
  - { at: 3m, heal: true }
  - { at: 3m, capacity: { servers: 1, queue: 0, rejectCost: 0ms, factor: 0 } }
  - { at: 4m, capacity: null }
`;
const CHANCE = 'summary: Half of it fails.\ncues:\n  - { at: 0s, activate: flaky-503, share: 0.5 }\nends: 1h\n';

const folder = mkdtempSync(join(tmpdir(), 'showstopper-stories-'));
let server: RunningServer;
let admin: AdminClient;
beforeAll(async () => {
  mkdirSync(join(folder, 'scenarios'));
  writeFileSync(join(folder, 'scenarios/story.yaml'), STORY);
  writeFileSync(join(folder, 'scenarios/chance.yaml'), CHANCE);
  server = await startInProcess({ SHOWSTOPPER_FAULTS: folder });
  admin = createAdminClient({ url: server.admin });
});
afterEach(() => admin.reset());
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** What a client that waits for so long sees; 0 is no answer. */
async function status(path: string, patienceMs: number): Promise<number> {
  try {
    const headers = { 'x-api-key': 'shop' };
    return (await fetch(`${server.upstream}${path}`, { headers, signal: AbortSignal.timeout(patienceMs) })).status;
  } catch {
    return 0;
  }
}

test('each phase is what a real client lives through, and afterwards all is as before', async () => {
  const seen: Record<string, number> = {};
  await admin.playScenario('story', { speed: '30x' });
  for (const [at, name] of ['calm', 'overloaded', 'hanging', 'full', 'mended'].entries()) {
    const middleMs = (at + 0.3) * 60_000;
    await expect.poll(async () => (await admin.playback()).storyMs, { interval: 20 }).toBeGreaterThanOrEqual(middleMs);
    const { storyMs } = await admin.pausePlayback(); // a client may take longer than the phase
    expect(storyMs).toBeLessThan((at + 1) * 60_000);
    seen[name] = await status('/v1/sessions', name === 'hanging' ? 300 : 20_000);
    await admin.resumePlayback();
  }
  await expect.poll(async () => (await admin.playback()).status).toBe('ended');
  expect(seen).toEqual({ calm: 200, overloaded: 503, hanging: 0, full: 503, mended: 200 });
  expect(await admin.playback()).toMatchObject({ failures: 0, storyTime: '+5m' });
  expect(await admin.state()).toMatchObject({ activations: [], capacity: null, crowd: null });
});

test('the same seed, story and client meet the same faults; another seed others', async () => {
  const fates = async (seed: number): Promise<number[]> => {
    await admin.playScenario('chance', { seed });
    const met = await Promise.all(
      Array.from({ length: 60 }, (_, at) => status(`/v1/sessions?limit=${at + 1}`, 20_000)),
    );
    await admin.stopPlayback();
    await admin.reset();
    return met;
  };
  const [first, again, other] = [await fates(99), await fates(99), await fates(100)];
  expect(new Set(first)).toEqual(new Set([200, 503]));
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test('a server may be started with a scenario', async () => {
  const started = await startInProcess({ SHOWSTOPPER_SCENARIO: 'chance', SHOWSTOPPER_FAULTS: folder });
  const other = createAdminClient({ url: started.admin });
  expect(await other.playback()).toMatchObject({ scenario: 'chance', status: 'playing', seed: 7 });
  expect(await other.activations()).toMatchObject([{ activation: 'flaky-503' }]);
  await started.stop();
});

test('the command line plays it to its end, and lists what can be played', async () => {
  const env = { SHOWSTOPPER_ADMIN_URL: server.admin };
  const played = await run(['play', 'story', '--speed', '300x', '--until-end'], env);
  expect([played.status, played.err]).toEqual([0, '']);
  expect(played.out).toMatch(/^story plays from \+0s to \+5m, in 1s at 300x/);
  expect((await run(['scenarios'], env)).out).toMatch(/^fajr-1399 +13:55 +5h5m +The upstream of the festival sale/m);
  expect(await run(['play', 'stori'], env)).toMatchObject({ status: 2, err: expect.stringContaining('mean story?') });
});
