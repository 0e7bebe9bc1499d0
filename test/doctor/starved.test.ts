// The doctor on a machine that others have most of the time: an honest kind that is late is noisy, and who lies is caught.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { examineAll } from '../../src/doctor/doctor.ts';
import { faultByName } from '../../src/faults/registry.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { MUTANTS, plantMutants } from '../support/mutants.ts';
import { startInProcess } from '../support/run-server.ts';

/** Of this process, in which the server runs too: so long it stands still, and so long it works. */
const STANDS_MS = [30, 60, 90] as const;
const WORKS_MS = 10;

const HONEST = ['stale-answer', 'waiting-room', 'latency', 'error-status', 'lost-reply', 'stall-body', 'wrong-length'];
const LYING = ['another status', 'a lost reply that ends in a FIN', 'a code that is left out'];

const { kinds, uproot } = plantMutants();
let starves = true;
beforeAll(() => {
  let turn = 0;
  const standStill = (): void => {
    const end = systemClock.ticks() + (STANDS_MS[turn++ % STANDS_MS.length] as number);
    while (systemClock.ticks() < end);
    if (starves) systemClock.after(WORKS_MS, standStill);
  };
  standStill();
});
afterAll(() => {
  starves = false;
  uproot();
});

test('what is honest and late is ok or noisy, and what lies is told as a lie', { timeout: 120_000 }, async () => {
  const server = await startInProcess();
  const lying = MUTANTS.filter(({ name }) => LYING.includes(name)).map((mutant) => kinds.get(mutant));
  const examined = [...HONEST.map((name) => faultByName.get(name)), ...lying].filter((kind) => kind !== undefined);
  expect(examined).toHaveLength(HONEST.length + LYING.length);
  const findings = await examineAll({
    kinds: examined,
    ...{ own: true, everyone: true, key: 'starved', name: 'starved' },
    admin: createAdminClient({ url: server.admin }),
    upstream: { host: '127.0.0.1', port: Number(new URL(server.upstream).port) },
  });
  for (const { kind, verdict, reason } of findings)
    expect(HONEST.includes(kind) ? ['ok', 'noisy'] : ['lies'], `${kind}: ${reason}`).toContain(verdict);
  await server.stop();
});
