// showstopper journal: the newest last, by the filters of the admin API, and live.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminClient, createAdminClient } from '../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../src/server.ts';
import { BUNDLED_ENV, MAIN } from '../support/bundled.ts';
import { startInProcess } from '../support/run-server.ts';
import { type Ran, run } from './command.ts';

let server: RunningServer;
let admin: AdminClient;
beforeAll(async () => {
  server = await startInProcess();
  admin = createAdminClient({ url: server.admin });
});
afterAll(() => server.stop());

const cli = (...args: string[]): Promise<Ran> => run(args, { SHOWSTOPPER_ADMIN_URL: server.admin });
const ask = async (world: string, path: string, key = 'shop'): Promise<number> =>
  (await fetch(`${server.upstream}/w/${world}/v1/${path}`, { headers: { 'x-api-key': key } })).status;

/** A command that goes on, line by line. */
function following(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...BUNDLED_ENV, SHOWSTOPPER_ADMIN_URL: server.admin },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    line: async (): Promise<string> => (await lines.next()).value as string,
    closed: once(child, 'close') as Promise<[number | null]>,
    stopReading: () => child.stdout.destroy(),
    end: () => child.kill(),
  };
}

test('the newest come last, each with who, what, how and by which faults', async () => {
  await ask('told', 'sessions');
  await admin.world('told').addRule({ fault: 'error-status', with: { status: 503 } });
  await ask('told', 'health', 'stall');
  const { status, out, err } = await cli('journal', '--world', 'told');
  expect([status, err]).toEqual([0, '']);
  const [first, second, ...rest] = out.trim().split('\n');
  expect(first).toMatch(/^\d\d:\d\d:\d\d\.\d{3} {2}shop +listSessions +200 +\d+ ms {2}\S+$/);
  expect(second).toMatch(/^\d\d:\d\d:\d\d\.\d{3} {2}stall +getHealth +503 +\d+ ms {2}by error-status {2}\S+$/);
  expect(rest).toEqual([]);
});

test('--json is one entry a line, and filters and limit are those of the API', async () => {
  for (let turn = 0; turn < 3; turn++) await ask('asked', 'sessions');
  await ask('asked', 'sessions/none-such', 'stall');
  const lines = async (...args: string[]): Promise<{ seq: number }[]> =>
    (await cli('journal', '--json', '--world', 'asked', ...args)).out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { seq: number });
  const all = await lines();
  expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).sort((one, other) => one - other));
  expect(all).toHaveLength(4);
  expect(await lines('--client', 'stall')).toMatchObject([{ client: 'stall', status: 404 }]);
  expect(await lines('--status', '4xx')).toHaveLength(1);
  expect(await lines('--limit', '2')).toEqual(all.slice(2));
  expect(await lines('--since', '2999-01-01T00:00:00Z').catch(() => 'refused')).toEqual([]);
});

test('more than a page has are fetched page by page', async () => {
  const { newestEntries } = await import('../../src/cli/follow-journal.ts');
  for (let turn = 0; turn < 5; turn++) await ask('paged', 'sessions');
  const world = admin.world('paged');
  const asked: number[] = [];
  const short = {
    ...world,
    journal: (query: { limit?: number } = {}) => {
      asked.push(query.limit ?? 0);
      return world.journal({ ...query, limit: Math.min(2, query.limit ?? 2) });
    },
  } as AdminClient;
  const { entries } = await newestEntries(short, {}, 4);
  expect(entries.map(({ seq }) => seq)).toEqual(
    (await world.journal({ limit: 4 })).data.map(({ seq }) => seq).reverse(),
  );
  expect(asked).toEqual([4, 2]);
});

test('--follow begins with what is there, and tells what comes, once and by the same filters', async () => {
  await ask('live', 'sessions');
  const live = following('journal', '--follow', '--world', 'live', '--operation', 'listSessions', '--status', '2xx');
  try {
    expect(await live.line()).toContain('listSessions');
    await ask('live', 'health');
    await ask('live', 'sessions/none-such');
    await ask('live', 'sessions', 'stall');
    expect(await live.line()).toMatch(/ {2}stall +listSessions +200 /);
    live.stopReading();
    await ask('live', 'sessions'); // a pipe is found to be closed when it is written to
    expect(await live.closed).toEqual([0, null]);
  } finally {
    live.end();
  }
});

test('what cannot be asked is bad input', async () => {
  for (const args of [
    ['--limit', '0'],
    ['--limit', 'all'],
    ['--kind', 'note'],
    ['--status', 'good'],
    ['--rule', 'nothing'],
    ['--ended', 'open', '--follow'],
  ])
    expect(await cli('journal', ...args)).toMatchObject({ status: 2, out: '' });
  const none = await cli('journal', '--operation', 'completeOrder');
  expect(none).toEqual({ status: 0, out: '', err: 'No such entry is in the journal.\n' });
});
