// The commands that talk to a running server: what they do, what they print, and how they exit.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { nobodyThere, type Ran, run, type Served, serve } from './command.ts';

const TOKEN = 'let-me-in';
let server: Served;
beforeAll(async () => {
  server = await serve([], { SHOWSTOPPER_ADMIN_TOKEN: TOKEN });
});
afterEach(() => cli('reset'));
afterAll(() => server.stop());

const cli = (...args: string[]): Promise<Ran> =>
  run(args, { SHOWSTOPPER_ADMIN_URL: server.admin, SHOWSTOPPER_ADMIN_TOKEN: TOKEN });
const status = async (key = 'shop', path = 'sessions'): Promise<number> =>
  (await fetch(`${server.upstream}/v1/${path}`, { headers: { 'x-api-key': key } })).status;

test('on puts a profile in force, off ends it', async () => {
  const on = await cli('on', 'flaky-503', '--share', '1', '--ttl', '5m');
  expect([on.status, on.err]).toEqual([0, '']);
  expect(on.out).toMatch(/^flaky-503 is on: 1 rule, until 20.*showstopper off flaky-503$/m);
  expect(await status()).toBe(503);
  const off = await cli('off', 'flaky-503');
  expect(off.status).toBe(0);
  expect(off.out).toMatch(
    /^flaky-503 is off: 1 activation and 1 rule ended, 0 held requests dropped, 0 answered, in \d+ ms$/m,
  );
  expect(await status()).toBe(200);
});

test('it is aimed at sellers and operations, under a name of its own', async () => {
  const on = await cli(
    'on',
    'flaky-503',
    '--as',
    'drill',
    '--share',
    '1',
    '--clients',
    'shop,stall',
    '--operations',
    'listSessions',
  );
  expect(on.status).toBe(0);
  expect([await status('shop'), await status('stall'), await status('other-shop')]).toEqual([503, 503, 200]);
  expect(await status('shop', 'health')).toBe(200);
  const rules = await cli('rules');
  expect(rules.status).toBe(0);
  expect(rules.out).toMatch(
    /^drill\/0 +error-status +100 % of operations listSessions and clients shop,stall +2 +2 +0 +0 +0 +0 +-$/m,
  );
});

test('profiles shows what there is and what is in force', async () => {
  await cli('on', 'flaky-503', '--as', 'drill');
  const { status: exit, out } = await cli('profiles');
  expect(exit).toBe(0);
  expect(out).toMatch(/^flaky-503 +drill +One call in five/m);
  expect(out).toMatch(/^upstream-hang +- +Every call is accepted/m);
});

test('rules says so when there are none', async () => {
  expect(await cli('rules')).toMatchObject({ status: 0, out: 'No rule is in force.\n' });
});

test('heal lets held requests go, and --release answer does their work', async () => {
  await cli('on', 'upstream-hang');
  const held = status();
  await cli('verify', '--ended', 'open', '--within', '5s');
  const heal = await cli('heal', '--release', 'answer');
  expect(heal.status).toBe(0);
  expect(heal.out).toMatch(
    /^All clear: 1 activation and 1 rule ended, 0 held requests dropped, 1 answered, in \d+ ms$/m,
  );
  expect(await held).toBe(200);
  expect((await cli('heal', '--release', 'maybe')).status).toBe(2);
});

test('verify answers by its status: 0 for yes, 1 for no', async () => {
  await status();
  const yes = await cli('verify', '--client', 'shop', '--operation', 'listSessions', '--status', '2xx', '--max', '1');
  expect(yes).toMatchObject({ status: 0, out: 'yes: 1 time\n' });
  const no = await cli('verify', '--operation', 'completeOrder');
  expect(no.status).toBe(1);
  expect(no.err).toMatch(/^no: 0 matching entries, asked for at least 1$/m);
  expect((await cli('verify', '--rule', 'nothing', '--max', '0')).status).toBe(2);
  expect((await cli('verify', '--status', 'good')).status).toBe(2);
  expect((await cli('verify', '--min', 'many')).status).toBe(2);
});

test('--json prints what the API answered', async () => {
  const on = await cli('on', 'slow-upstream', '--json', '--by', 'ci', '--note', 'a drill');
  expect(JSON.parse(on.out)).toMatchObject({ activation: 'slow-upstream', by: 'ci', note: 'a drill', expiresAt: null });
  expect(JSON.parse((await cli('rules', '--json')).out)).toMatchObject({
    rules: [{ fault: 'latency' }],
    activations: [{ activation: 'slow-upstream' }],
  });
  expect(JSON.parse((await cli('reset', '--seed', '5', '--json')).out)).toMatchObject({ rules: 1, seed: 5 });
});

test('a mistyped profile is bad input, and the nearest is named', async () => {
  const { status: exit, err } = await cli('on', 'upstream-hagn');
  expect(exit).toBe(2);
  expect(err).toContain('did you mean upstream-hang?');
});

test('what the server will not take is bad input', async () => {
  for (const args of [
    ['--ttl', 'soon'],
    ['--share', '2'],
    ['--share', 'half'],
    ['--operations', 'buy'],
    ['--as', '!'],
  ])
    expect(await cli('on', 'flaky-503', ...args)).toMatchObject({ status: 2, out: '' });
});

test('without the token it is refused, and told where the token comes from', async () => {
  const { status: exit, err } = await run(['heal', '--admin', server.admin]);
  expect(exit).toBe(3);
  expect(err).toContain('SHOWSTOPPER_ADMIN_TOKEN');
});

test('admin is found by its port alone, and the token by its file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'showstopper-token-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'token');
  writeFileSync(file, `${TOKEN}\n`);
  const { port } = new URL(server.admin);
  const env = { SHOWSTOPPER_ADMIN_TOKEN_FILE: file };
  expect((await run(['rules'], { ...env, SHOWSTOPPER_ADMIN_PORT: port })).status).toBe(0);
  expect((await run(['rules', '--admin-port', port], { ...env, SHOWSTOPPER_ADMIN_PORT: '1' })).status).toBe(0);
  expect((await run(['reset', '--admin-port', port], env)).status).toBe(0);
  expect((await run(['rules', '--admin-port', 'x'], env)).status).toBe(2);
  const unreadable = await run(['rules', '--admin-port', port], { SHOWSTOPPER_ADMIN_TOKEN_FILE: folder });
  expect(unreadable).toMatchObject({ status: 2, err: expect.stringContaining('is a folder, and must be a regular') });
});

test('a wrong token is told to be wrong', async () => {
  const { status: exit, err } = await run(['heal', '--admin', server.admin], { SHOWSTOPPER_ADMIN_TOKEN: 'wrong' });
  expect([exit, err]).toEqual([3, expect.stringContaining('this is not the token of this server')]);
});

test('a server that is not there is told apart from a no', async () => {
  const nobody = await nobodyThere();
  const { status: exit, err } = await run(['rules', '--admin', nobody]);
  expect(exit).toBe(3);
  expect(err).toContain(`no Showstopper answers at ${nobody}: connect ECONNREFUSED`);
  expect((await run(['rules', '--admin', 'somewhere'])).status).toBe(2);
});
