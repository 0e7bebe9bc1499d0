// `showstopper doctor`: the table people read, what machines read, and the exit statuses.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { nobodyThere, run, type Served, serve } from './command.ts';

let server: Served;
beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.stop());

test('on its own server it needs nothing, prints a row a kind, and ends with 0 when all are what they say', async () => {
  const { status, out } = await run(['doctor', '--kinds', 'hang,error-status,tls-reset', '--kinds', 'refuse-connection']);
  expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['KIND', 'PROMISED', 'OBSERVED', 'MS', 'VERDICT'],
    ['hang', 'no answer, open, no work', 'the same', 'ok'],
    ['error-status', '503, whole, open, no work', 'the same', expect.stringMatching(/^\d+$/), 'ok'],
    ['tls-reset', 'no answer, RST, no work', 'the same', expect.stringMatching(/^\d+$/), 'ok'],
    ['refuse-connection', 'no answer, refused, no work', 'the same', expect.stringMatching(/^\d+$/), 'ok'],
    ['4 kinds: 4 ok'],
    [''],
  ]);
  expect(status).toBe(0);
}, 30_000);

test('its own server heeds no setting of the environment', async () => {
  const env = { SHOWSTOPPER_HOST: '0.0.0.0', SHOWSTOPPER_ADMIN_HOST: '0.0.0.0', SHOWSTOPPER_KEYS: 'a=b' };
  expect((await run(['doctor', '--kinds', 'hang', '--json'], env)).status).toBe(0);
});

test('at a running server it examines what is its own affair, as JSON for machines', async () => {
  const { status, out } = await run([
    ...['doctor', '--upstream', server.upstream, '--admin', server.admin, '--json'],
    ...['--kinds', 'lost-reply,dark-door,tls-stall'],
  ]);
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject([
    { kind: 'lost-reply', verdict: 'ok', promised: 'no answer, RST, work', observed: 'no answer, RST, work' },
    { kind: 'dark-door', verdict: 'skipped' },
    { kind: 'tls-stall', verdict: 'skipped' },
  ]);
  expect(await createAdminClient({ url: server.admin }).rules()).toEqual([]);
});

test('what cannot be armed there is said with the reason', async () => {
  const { status, out } = await run([
    ...['doctor', '--upstream', server.upstream, '--admin', server.admin, '--everyone', '--kinds', 'tls-stall'],
    ...['--upstream-tls', server.upstream.replace('http:', 'https:')],
  ]);
  expect([status, out]).toEqual([0, expect.stringContaining('skipped: not well before it')]);
});

test('a verdict that fails ends with 1, bad usage with 2, and nobody there with 3', async () => {
  const on = { fault: 'latency', with: { fixed: '300ms' } }; // 300 ms late is later than an honest answer by nothing
  const admin = createAdminClient({ url: server.admin });
  await admin.addRule(on);
  const late = await run(['doctor', '--upstream', server.upstream, '--admin', server.admin, '--kinds', 'hang,slow-body']);
  await admin.heal();
  expect(late.status).toBe(0);
  expect((await run(['doctor', '--kinds', 'earthquake'])).status).toBe(2);
  expect((await run(['doctor', '--admin', server.admin])).status).toBe(2);
  expect((await run(['doctor', '--upstream', 'nonsense', '--admin', server.admin])).status).toBe(2);
  const nobody = await nobodyThere();
  expect((await run(['doctor', '--upstream', server.upstream, '--admin', nobody])).status).toBe(3);
  expect((await run(['doctor', '--upstream', nobody, '--admin', server.admin])).status).toBe(3);
}, 30_000);
