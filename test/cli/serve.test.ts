// `showstopper serve`: ready when it says so, refuses what it cannot do, and stops at once.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { MACHINE_ENV } from '../support/machine-env.ts';
import { ROOT } from '../support/shipped.ts';
import { run, type Served, serve } from './command.ts';

const FREE = { SHOWSTOPPER_PORT: '0', SHOWSTOPPER_ADMIN_PORT: '0', SHOWSTOPPER_CATALOG: 'small' };
const folder = mkdtempSync(join(tmpdir(), 'showstopper-serve-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the ready line tells where both listeners are, also when the log is silent', async () => {
  const server = await serve(['--seed', '7'], { SHOWSTOPPER_LOG_LEVEL: 'silent' });
  expect(server).toMatchObject({ seed: 7, startMs: expect.any(Number) });
  expect((await fetch(`${server.upstream}/v1/sessions`)).status).toBe(200);
  expect((await fetch(`${server.admin}/readyz`)).status).toBe(200);
  expect(await server.stop()).toBe(0);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends it within two seconds, also with requests held and sockets idle',
  async (signal) => {
    const server = await serve(['--profile', 'upstream-hang']);
    const held = await holdOne(server);
    const idle = connect(Number(new URL(server.upstream).port), '127.0.0.1').on('error', () => {});
    const began = performance.now();
    expect(await server.stop(signal)).toBe(0);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(await held.end).toBe('cut');
    idle.destroy();
  },
);

test('SIGTERM of `npm start` ends the server, and leaves none behind its shell', async () => {
  const npm = spawn('npm', ['start'], {
    cwd: ROOT,
    env: { ...MACHINE_ENV, ...FREE },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const gone = once(npm, 'exit');
  let ready: { readonly admin: string } | undefined;
  for await (const line of createInterface({ input: npm.stdout })) {
    if (!line.includes('"msg":"ready"')) continue;
    ready = JSON.parse(line);
    break;
  }
  npm.stdout.resume();
  const lives = () =>
    fetch(`${ready?.admin}/healthz`).then(
      ({ status }) => status,
      () => 'gone',
    );
  expect(await lives()).toBe(200);
  npm.kill('SIGTERM');
  await gone;
  await expect.poll(lives).toBe('gone');
});

/** A request that is held, and how it will end. */
async function holdOne(server: Served): Promise<{ readonly end: Promise<string> }> {
  const end = fetch(`${server.upstream}/v1/sessions`).then(
    () => 'answered',
    () => 'cut',
  );
  const admin = createAdminClient({ url: server.admin });
  await admin.verify({ match: { operation: 'listSessions', ended: 'open' }, within: '5s' });
  return { end };
}

test('a taken port is named, and the status is 2', async () => {
  const server = await serve();
  const { port } = new URL(server.upstream);
  const second = await run(['serve', '--port', port], FREE);
  expect(second.status).toBe(2);
  expect(second.err).toContain(port);
  const third = await run(['serve', '--admin-port', port], FREE);
  expect(third.status).toBe(2);
  expect(third.err).toMatch(/SHOWSTOPPER_ADMIN_PORT|--admin-port/);
  await server.stop();
});

test('admin on other addresses wants a token or a word, and says so', async () => {
  const { status, err } = await run(['serve', '--admin-host', '0.0.0.0'], FREE);
  expect(status).toBe(2);
  expect(err).toContain('SHOWSTOPPER_ADMIN_TOKEN');
  expect(err).toContain('SHOWSTOPPER_ADMIN_OPEN=true');
});

test.each([
  ['a bad flag', ['--port', 'lots'], {}, /port/],
  ['an unknown flag', ['--prot', '0'], {}, /--prot/],
  ['an unknown variable', [], { SHOWSTOPPER_PROFILES: 'x' }, /SHOWSTOPPER_PROFILES.*SHOWSTOPPER_PROFILE\b/],
  ['an unknown profile', ['--profile', 'upstream-hagn'], {}, /upstream-hagn.*did you mean upstream-hang/],
  ['an unknown catalogue', ['--catalog', '/nowhere.yaml'], {}, /nowhere/],
])('%s is bad input: status 2 and a message', async (_name, args, env, message) => {
  const { status, err } = await run(['serve', ...args], { ...FREE, ...env });
  expect(status).toBe(2);
  expect(err).toMatch(message);
  expect(err).not.toMatch(/\n\s+at /);
});

test('a bad profile file at the start ends it, with file and line', async () => {
  mkdirSync(join(folder, 'profiles'));
  writeFileSync(join(folder, 'profiles/bad.yaml'), 'summary: Bad.\nrules:\n  - fault: earthquake\n');
  const { status, err } = await run(['serve'], { ...FREE, SHOWSTOPPER_FAULTS: folder });
  expect(status).toBe(2);
  expect(err).toMatch(/bad\.yaml:3 rules\[0\]\.fault: unknown kind "earthquake"/);
});
