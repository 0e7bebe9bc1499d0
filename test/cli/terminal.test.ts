// What reaches a terminal: nothing that it would obey, and no crash when whoever reads stops reading.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { harmless } from '../../src/cli/terminal.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { MAIN } from '../support/bundled.ts';
import { startInProcess } from '../support/run-server.ts';
import { run } from './command.ts';

const CLEARS = '\u001B[2J';

test.each([
  ['\u001B[31mred\u0007', '\\u001b[31mred\\u0007'],
  ['a\rb\u009B2J', 'a\\u000db\\u009b2J'],
  ['right \u202Eto left', 'right \\u202eto left'],
  ['two\nlines\tand a tab, é, فجر', 'two\nlines\tand a tab, é, فجر'],
])('of %j a terminal gets %j', (text, shown) => expect(harmless(text)).toBe(shown));

test('a profile whose words would clear the screen is shown as words, wherever they come to a terminal', async () => {
  const server = await startInProcess();
  onTestFinished(() => server.stop());
  const admin = createAdminClient({ url: server.admin });
  await admin.putProfile('clears', { summary: `Clears ${CLEARS} it.`, rules: [{ fault: 'hang' }] });
  const env = { SHOWSTOPPER_ADMIN_URL: server.admin };
  for (const command of [['profiles'], ['on', 'clears'], ['rules'], ['heal'], ['on', `x${CLEARS}`]]) {
    const { out, err } = await run(command, env);
    expect(out + err).not.toContain('\u001B');
  }
});

test('what `check` says of a file is shown as words too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'showstopper-terminal-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'bad.yaml'), `summary: "x"\nrules:\n  - fault: "han${CLEARS.replace('\u001B', '\\e')}"\n`);
  const { status, out, err } = await run(['check', join(folder, 'bad.yaml')]);
  expect([status, out + err]).toEqual([2, expect.not.stringContaining('\u001B')]);
});

test.each(['help', 'kinds'])('`%s | head -1` ends well', async (command) => {
  const { out, err } = await new Promise<{ out: string; err: string }>((resolve) => {
    const line = `"${process.execPath}" "${MAIN}" ${command} | head -n 1; echo "\${PIPESTATUS[0]}"`;
    execFile('bash', ['-c', line], (_error, stdout, stderr) => resolve({ out: stdout, err: stderr }));
  });
  expect(err).toBe('');
  expect(out.trim().split('\n').at(-1)).toBe('0');
});

test('a command pointed at the upstream is told so', async () => {
  const server = await startInProcess();
  onTestFinished(() => server.stop());
  const { status, err } = await run(['rules', '--admin', server.upstream]);
  expect([status, err]).toEqual([3, expect.stringContaining('that is an upstream listener')]);
});

test('output that cannot be written is told in one line, and is no verdict', async () => {
  const { status, err } = await new Promise<{ status: number | string | undefined; err: string }>((resolve) => {
    const line = `exec "${process.execPath}" "${MAIN}" kinds > /dev/full`;
    execFile('bash', ['-c', line], (error, _, stderr) => resolve({ status: error?.code ?? 0, err: stderr }));
  });
  expect(status).toBe(2);
  expect(err).toMatch(/^the output cannot be written: ENOSPC.*\n$/);
});

test('a server whose log cannot be written says so, goes on, and ends when it is told to', async () => {
  const line = `exec "${process.execPath}" "${MAIN}" serve --port 0 --admin-port 0 > /dev/full`;
  const child = spawn('bash', ['-c', line]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = once(child, 'close');
  const [said] = await once(child.stderr, 'data');
  expect(String(said)).toMatch(/^the log cannot be written any more: ENOSPC.*\n$/);
  child.kill('SIGINT');
  expect(await closed).toEqual([0, null]);
});
