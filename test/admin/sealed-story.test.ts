// A hidden story of a server's own folder tells viewers nothing by any route, metric or event, until it has ended.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { adminRoutes } from '../../src/admin/routes/routes.ts';
import { faultsFolder } from '../director/stage.ts';
import { startInProcess } from '../support/run-server.ts';
import { type Asked, ask } from '../support/seller.ts';
import { openAdmin } from './open-admin.ts';

const PROFILE =
  'summary: Whispering gallery.\nrules:\n  - fault: slow-body\n    id: murmur\n    with: { bytesPerSecond: 321 }\n';
const STORY =
  'summary: Opening night.\nhidden: true\ncues:\n  - { at: 0s, activate: whispers }\n  - { at: 10m, note: Curtain. }\n';
const TELLING = /whisper|gallery|murmur|slow-body|opening.?night|curtain/i;

test('of profile and story nothing is to be read but by the admin', async () => {
  const folder = faultsFolder({ whispers: PROFILE });
  mkdirSync(join(folder, 'scenarios'));
  writeFileSync(join(folder, 'scenarios', 'opening-night.yaml'), STORY);
  const tokens = { SHOWSTOPPER_ADMIN_TOKEN: 'admin', SHOWSTOPPER_VIEWER_TOKEN: 'viewer' };
  const server = await startInProcess({ ...tokens, SHOWSTOPPER_FAULTS: folder, SHOWSTOPPER_SCENARIO: 'opening-night' });
  onTestFinished(() => server.stop());
  await ask(`${server.upstream}/v1/sessions`);
  // a mistake in a file would name it
  writeFileSync(join(folder, 'profiles', 'whispers.yaml'), 'summary: Whispering.\nrules: []\n');
  const as = (token: string, path: string, method = 'GET'): Promise<Asked> =>
    ask(server.admin + path, { method, headers: { Authorization: `Bearer ${token}` } });
  await as('admin', '/v1/profiles/reload', 'POST');

  const admin = await openAdmin();
  const paths = adminRoutes(admin.deps)
    .filter(({ method, name }) => method === 'GET' && !['listKinds', 'getOpenapi', 'followEvents'].includes(name))
    .map(({ path }) => path.replace('{name}', 'whispers'));
  for (const path of [...paths, '/v1/profiles/whisper', '/v1/journal?rule=whispers/murmur', '/v1/scenarios?x=1']) {
    const { body, status } = await as('viewer', path);
    const { instance: _, ...shown } = typeof body === 'string' ? { body, instance: '' } : body;
    expect([path, status, JSON.stringify(shown).match(TELLING)]).toEqual([path, status, null]);
  }
  expect((await as('viewer', '/v1/scorecard')).status).toBe(403);
  expect((await as('viewer', '/v1/rehearsals/r-1/report.md')).status).toBe(403);
  expect((await as('viewer', '/v1/profiles/whispers')).status).toBe(403);
  expect((await as('viewer', '/v1/profiles/upstream-hang')).status).toBe(200);
  expect((await as('admin', '/v1/profiles/whispers')).body.text).toBe(PROFILE);
  await as('admin', '/v1/heal', 'POST');
  expect((await as('viewer', '/v1/profiles/whispers')).body.text).toBe(PROFILE);
});

test('every route that reads is either sealed or has nothing to seal', async () => {
  const { deps } = await openAdmin();
  const nothing =
    'checkInvariants getAccess getAsset getClock getHealth getHouse getIndex getLedger getMetrics getOpenapi getReadiness getTargets getTlsCertificate getWorld listConnections listHouse listKinds listWebhooks listWorlds reconcileLedger';
  const sealed =
    'followEvents forecastCapacity getCapacity getCrowd getPlayback getProfile getRehearsal getReportAsHtml getReportAsJson getReportAsJunit getReportAsMd getScorecard getState listActions listActivations listDeliveries listProfiles listRehearsals listRules listScenarios queryJournal verifyJournal';
  const decided = new Set(`${nothing} ${sealed}`.split(' '));
  const reading = adminRoutes(deps).filter(({ access }) => access !== 'write');
  expect(reading.filter(({ name }) => !decided.has(name)).map(({ name }) => name)).toEqual([]);
});
