// The typed client of the admin API: answers as values, a no as an error with its problem, silence as another.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { AdminError, AdminUnreachable } from '../../src/sdk/errors.ts';
import { nobodyThere, type Served, serve } from '../cli/command.ts';

const TOKEN = 'let-me-in';
let server: Served;
beforeAll(async () => {
  server = await serve([], { SHOWSTOPPER_ADMIN_TOKEN: TOKEN });
});
afterAll(() => server.stop());

const client = (token: string | undefined = TOKEN) => createAdminClient({ url: server.admin, token });
const status = async (): Promise<number> =>
  (await fetch(`${server.upstream}/v1/sessions`, { headers: { 'x-api-key': 'shop' } })).status;

test('a profile is put in force and ended', async () => {
  const activated = await client().activate('flaky-503', { as: 'mine', share: 1, ttl: '1m', by: 'me' });
  expect(activated).toMatchObject({ activation: 'mine', profile: 'flaky-503', by: 'me' });
  expect(await status()).toBe(503);
  expect((await client().activations()).map(({ activation }) => activation)).toEqual(['mine']);
  expect((await client().rules())[0]).toMatchObject({ id: 'mine/0', fault: 'error-status', acted: 1 });
  expect(await client().deactivate('flaky-503')).toMatchObject({ activations: 1, rules: 1 });
  expect(await status()).toBe(200);
});

test('a rule is put in force without a file, and heal ends it', async () => {
  const rule = await client().addRule({ fault: 'error-status', id: 'a/b', with: { status: 418 } });
  expect(rule.id).toBe('a/b');
  expect(await status()).toBe(418);
  await client().deleteRule('a/b');
  expect(await status()).toBe(200);
  await client().addRule({ fault: 'error-status' });
  expect(await client().heal()).toMatchObject({ rules: 1 });
});

test('the journal is read and asked', async () => {
  await client().clearJournal();
  await status();
  expect((await client().journal({ client: 'shop', limit: 10 })).data).toMatchObject([
    { operation: 'listSessions', status: 200, client: 'shop', ended: 'answered' },
  ]);
  expect(await client().verify({ match: { operation: 'listSessions' }, count: { min: 1, max: 1 } })).toEqual({
    ok: true,
    count: 1,
    open: 0,
  });
  const failed = client().verify({ match: { operation: 'completeOrder' } });
  await expect(failed).rejects.toMatchObject({ status: 409, problem: { code: 'verification_failed' } });
});

test('kinds, profiles, state, clock and reset have their say', async () => {
  expect((await client().kinds()).map(({ name }) => name)).toContain('hang');
  expect((await client().profiles()).map(({ name }) => name)).toContain('upstream-hang');
  expect((await client().targets()).operations).toContainEqual({
    ...{ name: 'getSeatMap', method: 'GET', path: '/v1/sessions/{id}/seat-map' },
  });
  expect((await client().profile('upstream-hang')).rules).toMatchObject([{ fault: 'hang' }]);
  const { offsetMs } = await client().moveClock({ advance: '1h' });
  expect(Math.round(offsetMs / 60_000)).toBe(60);
  expect(await client().reset({ seed: 7 })).toMatchObject({ seed: 7, catalog: 'small' });
  expect(await client().state()).toMatchObject({ seed: 7, activations: [] });
  expect(Math.abs((await client().clock()).offsetMs)).toBeLessThan(30_000);
  expect(await client().health()).toEqual({ status: 'ok' });
});

test('profiles are laid over the shelf and taken off again', async () => {
  await client().putProfile('teapot', {
    summary: 'A teapot.',
    rules: [{ fault: 'error-status', with: { status: 418 } }],
  });
  await client().activate('teapot');
  expect(await status()).toBe(418);
  await client().heal();
  await client().deleteProfile('teapot');
  await expect(client().profile('teapot')).rejects.toMatchObject({ status: 404 });
  const put = await client().putProfile('teapot', 'summary: In YAML.\nrules:\n  - fault: hang\n');
  expect(put).toMatchObject({ summary: 'In YAML.', source: 'memory', rules: [{ fault: 'hang' }] });
  await expect(client().putProfile('teapot', 'summary: Bad.\nrules:\n  - fault: hing\n')).rejects.toMatchObject({
    problem: { errors: [{ line: 3, path: 'rules[0].fault' }] },
  });
  await client().deleteProfile('teapot');
  expect((await client().reloadProfiles()).profiles).toBeGreaterThan(10);
});

test('a no carries its problem document', async () => {
  const refused = await client()
    .activate('upstream-hagn')
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AdminError);
  expect(refused).toMatchObject({ status: 404, problem: { code: 'unknown_profile', nearest: 'upstream-hang' } });
  const anonymous = createAdminClient({ url: server.admin });
  await expect(anonymous.heal()).rejects.toMatchObject({ status: 401, problem: { code: 'unauthorized' } });
});

test('where no Showstopper answers, the error says where and why', async () => {
  const url = await nobodyThere();
  const nobody = createAdminClient({ url });
  const silence = await nobody.heal().catch((error: unknown) => error);
  expect(silence).toBeInstanceOf(AdminUnreachable);
  expect((silence as Error).message).toContain(`no Showstopper answers at ${url}: connect ECONNREFUSED`);
});

test('what was sold is read, reconciled as JSON and as CSV, and checked', async () => {
  const belief = { client: 'shop', orders: [{ externalRef: 'never', completed: true }] };
  expect(await client().reconcile(belief)).toMatchObject({
    ...{ agree: false, differences: [{ kind: 'unknown-to-upstream', externalRef: 'never' }] },
  });
  expect(await client().reconcile('externalRef,completed\nnever,false', 'shop')).toMatchObject({
    agree: true,
    rows: 1,
  });
  await expect(client().reconcile('externalRef\n')).rejects.toMatchObject({ status: 400 });
  expect(await client().ledger({ limit: 5 })).toMatchObject({ data: [], nextCursor: null });
  expect(await client().invariants()).toMatchObject({ ok: true, breaches: [] });
});
