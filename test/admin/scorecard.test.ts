// The scorecard over the admin API: of whoever was seen, of one who was not, judged by thresholds and never by what is not there.
import { expect, onTestFinished, test } from 'vitest';
import { Scorecards } from '../../src/admin/scorecards.ts';
import { Refusal } from '../../src/base/refusal.ts';
import { newExchange } from '../../src/journal/new-entry.ts';
import { thresholdsOf } from '../../src/scorecard/thresholds.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { startInProcess } from '../support/run-server.ts';
import { openAdmin } from './open-admin.ts';

const rowsOf = (body: { data: { criteria: { name: string }[] }[] }, at = 0) =>
  Object.fromEntries((body.data[at]?.criteria ?? []).map((row) => [row.name, row]));

test('a client that gives up after two seconds under a hang is told so, and one without traffic passes nothing', async () => {
  const server = await startInProcess({});
  onTestFinished(() => server.stop());
  const admin = createAdminClient({ url: server.admin });
  await admin.activate('upstream-hang');
  const headers = { Authorization: 'Bearer shop' };
  const call = () => fetch(`${server.upstream}/v1/sessions`, { headers, signal: AbortSignal.timeout(2000) });
  await Promise.allSettled(Array.from({ length: 25 }, call));
  await admin.verify({ match: { ended: 'client-left' }, count: { min: 25 }, within: '30s' });
  const [shop] = await admin.scorecard({ client: 'shop' });
  const timeout = shop?.criteria.find(({ name }) => name === 'client-timeout');
  expect(timeout).toMatchObject({ n: 25, verdict: 'pass' });
  expect(timeout?.figure).toBeGreaterThan(200);
  const [nobody] = await admin.scorecard({ client: 'nobody' });
  expect(new Set(nobody?.criteria.map(({ verdict }) => verdict))).toEqual(new Set(['no-data']));
  expect(nobody?.gate).toBe('no-data');
});

test('what can be nobody, and no rate, is refused', async () => {
  const admin = await openAdmin();
  expect((await admin.get('/v1/scorecard?demand=fast').expect(400)).body.detail).toMatch(
    /demand: must be a rate above 0, such as 20\/s/,
  );
  expect((await admin.get('/v1/scorecard?clients=shop').expect(400)).body.detail).toMatch(/clients/);
});

test('entries that are gone make the figures unsure', async () => {
  const admin = await openAdmin();
  const head = { at: admin.clock.now(), door: 'main', connection: 1, remote: '127.0.0.1', client: 'shop' };
  const asked = {
    operation: 'listSessions',
    method: 'GET',
    url: '/v1/sessions',
    idempotencyKey: null,
    attempt: null,
    about: null,
  };
  for (let n = 0; n < 1100; n++) {
    const entry = newExchange({ ...head, ...asked, requestId: `r${n}`, traceparent: null });
    admin.world.journal.open(entry);
    admin.world.journal.close(entry, 'client-left', admin.clock.now() + 1000);
  }
  const { body } = await admin.get('/v1/scorecard').expect(200);
  const { evicted } = admin.world.journal.stats;
  expect(evicted).toBeGreaterThan(0);
  expect(rowsOf(body)['client-timeout']).toMatchObject({ unsure: expect.stringContaining(`${evicted} entries`) });
});

test('there is a single score for those who ask for it, and for nobody else', async () => {
  const admin = await openAdmin();
  const ask = async (query: string) => (await admin.get(`/v1/scorecard?client=shop${query}`).expect(200)).body.data[0];
  expect(await ask('&score=true')).toMatchObject({ client: 'shop', score: { points: null, weight: 0 } });
  for (const query of ['', '&score=false']) expect(await ask(query)).not.toHaveProperty('score');
  const { body } = await admin.get('/v1/scorecard?score=1').expect(400);
  expect(JSON.stringify(body)).toContain('score');
});

test('more than two at once are one too many', async () => {
  const { world, director } = await openAdmin();
  const scorecards = new Scorecards(director, thresholdsOf());
  const asked = { client: null, demand: null };
  const all = await Promise.allSettled([1, 2, 3].map(() => scorecards.of(world, asked)));
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect((all[2] as PromiseRejectedResult).reason).toBeInstanceOf(Refusal);
});
