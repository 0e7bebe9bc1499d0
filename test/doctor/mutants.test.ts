// Kinds that lie about one of their parameters: the doctor passes none of them, however busy the machine is.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { examineAll } from '../../src/doctor/doctor.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../src/server.ts';
import { MUTANTS, plantMutants } from '../support/mutants.ts';
import { startInProcess } from '../support/run-server.ts';

const { kinds, uproot } = plantMutants();
let server: RunningServer;
let findings: readonly Finding[];
beforeAll(async () => {
  server = await startInProcess({ SHOWSTOPPER_TLS_PORT: '0' });
  const address = (url = '') => ({ host: '127.0.0.1', port: Number(new URL(url).port) });
  findings = await examineAll({
    kinds: [...kinds.values()],
    own: true,
    everyone: true,
    key: 'doctor-mutants',
    name: 'doctor-mutants',
    admin: createAdminClient({ url: server.admin }),
    upstream: address(server.upstream),
    upstreamTls: address(server.upstreamTls),
  });
}, 400_000);
afterAll(async () => {
  uproot();
  await server.stop();
});

test.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))('%s is caught', (_name, mutant) => {
  const finding = findings.find(({ kind }) => kind === kinds.get(mutant)?.name);
  expect(finding?.reason).toBeTruthy();
  expect(mutant.timed ? ['lies', 'noisy'] : ['lies'], finding?.reason).toContain(finding?.verdict);
});

test('nothing that was armed stays, and no connection', async () => {
  const admin = createAdminClient({ url: server.admin });
  expect(await admin.rules()).toEqual([]);
  await expect.poll(async () => (await admin.state()).connections).toBe(0);
});
