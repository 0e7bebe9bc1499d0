// Figures of a world by the second on a running server: sealed while a hidden story plays, and apart for each world.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  type History,
  historyShape,
  type Summary,
  sampleShape,
  summaryShape,
} from '../../src/admin/contract/summary.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { faultsFolder } from '../director/stage.ts';
import { startInProcess } from '../support/run-server.ts';
import { ask } from '../support/seller.ts';

const PROFILE =
  'summary: Whispering gallery.\nrules:\n  - fault: error-status\n    id: murmur\n    ttl: 5m\n    with: { status: 503 }\n';
const STORY =
  'summary: Opening night.\nhidden: true\ncues:\n  - { at: 0s, activate: whispers }\n  - { at: 10m, note: Curtain. }\n';
const TELLING = /whisper|gallery|murmur|error-status|opening.?night|curtain/i;

async function start(env: Record<string, string> = {}) {
  const server = await startInProcess(env);
  onTestFinished(() => server.stop());
  return server;
}

type Told = { readonly event: string; readonly data: unknown };

/** Everything up to the first summary of which it is true. */
async function hear(
  url: string,
  world: string | undefined,
  until: (summary: Summary, told: readonly Told[]) => boolean,
): Promise<Told[]> {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const told: Told[] = [];
  for await (const { event, data } of await createAdminClient({ url, world }).events(stop.signal, {
    view: 'summary',
  })) {
    told.push({ event, data });
    if (event === 'sample') sampleShape.parse(data);
    if (event === 'history') historyShape.parse(data);
    if (event === 'summary' && until(summaryShape.parse(data), told)) break;
  }
  stop.abort();
  return told;
}

test('of a hidden story nothing is told but how much is struck', async () => {
  const folder = faultsFolder({ whispers: PROFILE });
  mkdirSync(join(folder, 'scenarios'));
  writeFileSync(join(folder, 'scenarios', 'opening-night.yaml'), STORY);
  const server = await start({ SHOWSTOPPER_FAULTS: folder, SHOWSTOPPER_SCENARIO: 'opening-night' });
  const heard = hear(server.admin, undefined, (_, told) => told.some(({ event }) => event === 'sample'));
  await expect.poll(() => ask(`${server.upstream}/v1/sessions`).then(({ status }) => status)).toBe(503);
  let asks = true;
  onTestFinished(() => {
    asks = false;
  });
  void heard.finally(() => {
    asks = false;
  });
  while (asks) await ask(`${server.upstream}/v1/sessions`);
  const told = await heard;
  expect(JSON.stringify(told).match(TELLING)).toBeNull();
  const last = told.at(-1)?.data as Summary;
  expect(last.story).toMatchObject({ scenario: 'sealed', status: 'playing', cue: null, next: null, endsMs: 0 });
  expect(last.rules).toMatchObject([{ id: 'sealed', activation: 'sealed', fault: 'sealed', expiresAt: null }]);
  expect(last.rules[0]?.acted).toBeGreaterThan(0);
  expect(told.find(({ event }) => event === 'sample')?.data).toMatchObject({ status: 503, faults: ['sealed'] });
});

test('a world is counted apart, from the first action that arms in it; a reset begins anew', async () => {
  const server = await start();
  const team = createAdminClient({ url: server.admin, world: 'team' });
  await ask(`${server.upstream}/w/team/v1/sessions`); // before counting began
  await team.addRule({ fault: 'error-status', with: { status: 503 } });
  await ask(`${server.upstream}/w/team/v1/sessions`);
  await ask(`${server.upstream}/v1/sessions`);
  const told = await hear(server.admin, 'team', ({ totals }) => totals.arrived === 1);
  expect(told.at(-1)?.data).toMatchObject({
    world: 'team',
    totals: { arrived: 1, answered: 1, failed: 1, goodput: 0 },
  });
  const home = await hear(server.admin, undefined, () => true);
  expect(home.at(-1)?.data).toMatchObject({ world: 'default', totals: { arrived: 1, failed: 0 } });

  await team.reset();
  const again = await hear(server.admin, 'team', ({ totals }) => totals.arrived === 0);
  const history = again.find(({ event }) => event === 'history')?.data as History | undefined;
  expect(history?.summaries.filter(({ totals }) => totals.arrived > 0)).toEqual([]);
});

test('connections are counted, and counts never fall', async () => {
  const server = await start();
  const all: Summary[] = [];
  const heard = hear(server.admin, undefined, (summary) => {
    all.push(summary);
    return all.length === 3;
  });
  let count = 0;
  let asks = true;
  void heard.finally(() => {
    asks = false;
  });
  while (asks) {
    await ask(`${server.upstream}/v1/sessions`, { headers: { 'x-api-key': `shop-${count++ % 30}` } });
  }
  await heard;
  const [one, two, three] = all as [Summary, Summary, Summary];
  expect(two.totals.arrived).toBeGreaterThan(one.totals.arrived);
  expect(three.totals.goodput).toBeGreaterThan(two.totals.goodput);
  expect(three.connections.opened).toBe(three.connections.open + three.connections.closed);
  expect(three.connections.opened).toBeGreaterThan(0);
  expect(three.clients).toHaveLength(21);
  expect(three.clients.reduce((sum, { arrived }) => sum + arrived, 0)).toBe(three.totals.arrived);
});
