// A hidden scenario seals the world it is played in, the shelf that all share, and the log; not what other worlds show.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { startServer } from '../../src/server.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { faultsFolder } from '../director/stage.ts';
import { type Asked, ask } from '../support/seller.ts';

const PROFILE =
  'summary: Whispering gallery.\nrules:\n  - { fault: slow-body, id: murmur, with: { bytesPerSecond: 100000 } }\n';
const STORY =
  'summary: Opening night.\nhidden: true\ncues:\n  - { at: 0s, activate: whispers }\n  - { at: 10m, note: Curtain. }\n';
const TELLING = /whisper|gallery|murmur|slow-body|opening.?night|curtain/i;

async function open() {
  const folder = faultsFolder({ whispers: PROFILE });
  mkdirSync(join(folder, 'scenarios'));
  writeFileSync(join(folder, 'scenarios', 'opening-night.yaml'), STORY);
  const lines: string[] = [];
  const log = await createLog({ level: 'info', destination: { write: (line: string) => void lines.push(line) } });
  const env = {
    ...{ SHOWSTOPPER_PORT: '0', SHOWSTOPPER_ADMIN_PORT: '0', SHOWSTOPPER_CATALOG: 'small', SHOWSTOPPER_SEED: '7' },
    ...{ SHOWSTOPPER_ADMIN_TOKEN: 'admin', SHOWSTOPPER_VIEWER_TOKEN: 'viewer', SHOWSTOPPER_FAULTS: folder },
  };
  const server = await startServer(readConfig({}, env), { log });
  onTestFinished(() => server.stop());
  const as =
    (token: string) =>
    (method: string, path: string, json?: object): Promise<Asked> =>
      ask(server.admin + path, { method, headers: { Authorization: `Bearer ${token}` }, ...(json && { json }) });
  const [admin, viewer] = [as('admin'), as('viewer')];
  for (const base of ['', '/w/a', '/w/b'])
    await admin('POST', `${base}/v1/rules`, { fault: 'latency', id: `of${base}`.replaceAll('/', '-') });
  expect((await admin('POST', '/w/b/v1/scenarios/opening-night/play', {})).status).toBe(200);
  await ask(`${server.upstream}/w/b/v1/sessions`);
  return { server, admin, viewer, lines };
}

test('viewers are told of faults in other worlds, and not of those in the one where it is played', async () => {
  const { viewer, admin } = await open();
  const shown = async (base: string): Promise<string[]> =>
    (await viewer('GET', `${base}/v1/state`)).body.rules.map(({ fault }: { fault: string }) => fault);
  expect([await shown(''), await shown('/w/a'), await shown('/w/b')]).toEqual([['latency'], ['latency'], ['sealed']]);
  const count = { count: { max: 9 } };
  expect((await viewer('POST', '/w/a/v1/journal/verify', count)).status).toBe(200);
  expect((await viewer('POST', '/w/b/v1/journal/verify', count)).status).toBe(403);
  for (const path of ['activations', 'rules', 'actions', 'journal', 'playback', 'state']) {
    const { status, body } = await viewer('GET', `/w/b/v1/${path}`);
    expect([path, status, JSON.stringify(body).match(TELLING)]).toEqual([path, 200, null]);
  }
  expect(JSON.stringify((await admin('GET', '/w/b/v1/state')).body)).toMatch(TELLING);
});

test('the shelf is sealed for viewers in every world until it has ended', async () => {
  const { viewer, admin } = await open();
  for (const base of ['', '/w/a', '/w/b']) {
    for (const path of ['profiles', 'scenarios']) {
      const { status, body } = await viewer('GET', `${base}/v1/${path}`);
      expect([path, status, JSON.stringify(body).match(TELLING)]).toEqual([path, 200, null]);
    }
    expect((await viewer('GET', `${base}/v1/profiles/whispers`)).status).toBe(403);
  }
  expect(JSON.stringify((await viewer('GET', '/v1/worlds')).body)).not.toMatch(TELLING);
  await admin('POST', '/w/b/v1/playback/stop', {});
  expect((await viewer('GET', '/v1/profiles/whispers')).body.text).toBe(PROFILE);
});

test('the log names what is done in other worlds, and nothing of the play, also when its world is deleted', async () => {
  const { admin, lines } = await open();
  await admin('POST', '/w/a/v1/profiles/upstream-hang/activate', {});
  await admin('DELETE', '/v1/worlds/b');
  const text = lines.filter((line) => !line.includes('"ready"')).join('');
  expect(text).toMatch(/"world":"a".*upstream-hang/);
  expect(text).toMatch(/"world":"b".*a scenario plays/);
  expect(text).toMatch(/a world was deleted/);
  expect(text).not.toMatch(TELLING);
});
