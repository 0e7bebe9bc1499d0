// `showstopper doctor`: the table people read, what machines read, and the exit statuses.
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { openUserlandProxy } from '../support/userland-proxy.ts';
import { MAIN, nobodyThere, run, type Served, serve } from './command.ts';

let server: Served;
beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.stop());

test('on its own server it needs nothing, prints a row a kind, and ends with 0 when all are what they say', async () => {
  const { status, out } = await run([
    'doctor',
    '--kinds',
    'hang,error-status,tls-reset',
    '--kinds',
    'refuse-connection',
  ]);
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

test('a TLS door that is none is said to be unwell before anything is armed', async () => {
  const { status, out } = await run([
    ...['doctor', '--upstream', server.upstream, '--admin', server.admin, '--everyone', '--kinds', 'tls-stall'],
    ...['--upstream-tls', server.upstream.replace('http:', 'https:')],
  ]);
  expect([status, out]).toEqual([0, expect.stringContaining('skipped: not well before it')]);
});

test('a signature that does not hold from here ends with 1, and says how it was instead', async () => {
  const proxy = await openUserlandProxy(Number(new URL(server.upstream).port));
  const upstream = `http://127.0.0.1:${proxy.port}`;
  const args = ['doctor', '--upstream', upstream, '--admin', server.admin, '--kinds', 'lost-reply,empty-reply'];
  const { status, out, err } = await run(args);
  await proxy.close();
  expect(out).toContain('DOES NOT HOLD FROM HERE: FIN, not RST');
  expect([status, err]).toEqual([1, '2 kinds: 1 ok, 1 DOES NOT HOLD FROM HERE\n']);
}, 30_000);

test('bad usage ends with 2', async () => {
  expect(await run(['doctor', '--kinds', 'earthquake'])).toMatchObject({
    status: 2,
    err: expect.stringContaining('no kind "earthquake"'),
  });
  expect((await run(['doctor', '--admin', server.admin])).status).toBe(2);
  expect((await run(['doctor', '--upstream', 'nonsense', '--admin', server.admin])).status).toBe(2);
}, 30_000);

test('an upstream or an admin that is not there ends with 3', async () => {
  const nobody = await nobodyThere();
  expect((await run(['doctor', '--upstream', server.upstream, '--admin', nobody])).status).toBe(3);
  expect((await run(['doctor', '--upstream', nobody, '--admin', server.admin])).status).toBe(3);
}, 30_000);

test('stopped by a signal it takes out what it armed, and ends with 1', async () => {
  const { child, ended } = start(['doctor', '--upstream', server.upstream, '--admin', server.admin]);
  const admin = createAdminClient({ url: server.admin });
  await expect.poll(async () => (await admin.rules()).length, { interval: 5, timeout: 10_000 }).toBe(1);
  child.kill('SIGINT');
  expect(await ended).toBe(1);
  expect(await admin.rules()).toEqual([]);
}, 30_000);

function start(args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return { child, ended };
}
