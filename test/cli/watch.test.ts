// showstopper watch where no terminal is: lines for people, summaries for machines; through breaks, to its end.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { summaryShape } from '../../src/admin/contract/summary.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { BUNDLED_ENV, MAIN } from '../support/bundled.ts';
import { freePort } from '../support/free-port.ts';
import { startInProcess } from '../support/run-server.ts';
import { nobodyThere, run } from './command.ts';

/** A command that goes on until it is ended, or the test is. */
function begin(command: string, args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(command, args, { env: { ...BUNDLED_ENV, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

const watch = (admin: string, ...args: string[]): ChildProcess =>
  begin(process.execPath, [MAIN, 'watch', '--admin', admin, ...args]);

/** Lines until one fits, that one among them. */
async function linesTo(lines: AsyncIterator<string>, fits: RegExp): Promise<string[]> {
  const read: string[] = [];
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error(`ended before ${fits}: ${read.join('\n')}`);
    read.push(value);
    if (fits.test(value)) return read;
  }
}

const linesOf = (stream: ChildProcess['stdout']): AsyncIterator<string> => {
  if (!stream) throw new Error('nothing is read of it');
  return createInterface({ input: stream })[Symbol.asyncIterator]();
};

async function started(env: Record<string, string> = {}) {
  const server = await startInProcess(env);
  onTestFinished(() => server.stop());
  return { server, admin: createAdminClient({ url: server.admin }) };
}

test('without a terminal it is a line when something has changed: what came, what was done, and which faults there are', async () => {
  const { server, admin } = await started();
  const lines = linesOf(watch(server.admin).stdout);
  const [first] = await linesTo(lines, /no faults/);
  expect(first).toMatch(
    /^\d\d:\d\d:\d\d {2}no scenario \| no faults \| offered .* \| 0 open, 0 held \| seats \d+ free, 0 sold$/,
  );
  await admin.activate('upstream-hang', { ttl: '5m', by: 'ada' });
  const held = fetch(`${server.upstream}/v1/sessions`).catch(() => undefined);
  const told = await linesTo(lines, /1 open, 1 held/);
  expect(told.join('\n')).toMatch(/^\d\d:\d\d:\d\d {2}activate upstream-hang ttl 5m by ada$/m);
  expect(told.at(-1)).toContain('| faults: upstream-hang/0 100 % |');
  await admin.heal();
  await linesTo(lines, /no faults .* 0 open, 0 held/);
  await held;
});

test('--json is a summary a line, as the API has it, of the world that is asked for', async () => {
  const { server, admin } = await started();
  await admin.putWorld('team-a');
  const lines = linesOf(watch(server.admin, '--json', '--world', 'team-a').stdout);
  const [one, next] = [(await lines.next()).value, (await lines.next()).value].map((line) =>
    summaryShape.parse(JSON.parse(line)),
  );
  expect(one?.world).toBe('team-a');
  expect(next?.seq).toBe((one?.seq ?? 0) + 1);
});

test('a server that goes away is told of, and watched again when it is back', async () => {
  const port = String(await freePort());
  const first = await startInProcess({ SHOWSTOPPER_ADMIN_PORT: port });
  const child = watch(first.admin);
  const lines = linesOf(child.stdout);
  await linesTo(lines, /no faults/);
  await first.stop();
  await linesTo(lines, /^\(LOST, and tried again: .*\)$/);
  const { admin } = await started({ SHOWSTOPPER_ADMIN_PORT: port });
  await admin.activate('slow-upstream');
  await linesTo(lines, /faults: slow-upstream\/0 100 %/);
  expect(child.exitCode).toBe(null);
});

test('it ends when nobody reads on, and at once where there is nothing to watch', async () => {
  const { server, admin } = await started();
  await admin.putWorld('short');
  const child = watch(server.admin, '--json');
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  const closed = once(child, 'close');
  child.stdout?.destroy();
  expect(await closed).toEqual([0, null]);
  expect(await run(['watch', '--admin', server.admin, '--world', 'nowhere'])).toMatchObject({ status: 2, out: '' });
  expect(await run(['watch', '--admin', await nobodyThere()])).toMatchObject({ status: 3, out: '' });
  expect(await run(['watch', '--admin', server.upstream])).toMatchObject({ status: 3, out: '' });
});

test('a world that is deleted ends it', async () => {
  const { server, admin } = await started();
  await admin.putWorld('short');
  const child = watch(server.admin, '--json', '--world', 'short');
  const ended = once(child, 'close');
  child.stdout?.once('data', () => void admin.deleteWorld('short'));
  expect(await ended).toEqual([2, null]);
});
