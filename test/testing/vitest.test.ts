// Vitest runs a user's tests with `showstopper/vitest`: what passes, what is told of failures, isolation, and repeated draws.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../src/server.ts';
import { startInProcess } from '../support/run-server.ts';
import { program, type Ran, type SampleProject, sample, sampleProject } from './sample-project.ts';

interface Result {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

interface Run extends Ran {
  readonly results: readonly Result[];
}

const VITEST = program('vitest/vitest.mjs');
const CONFIG = "export default { test: { include: ['*.spec.ts'], testTimeout: 30_000 } };";

let project: SampleProject;
let server: RunningServer;
let inProcess: Run;
let besides: Run;
beforeAll(async () => {
  const files = { 'vitest.config.ts': CONFIG, 'shop.ts': sample('shop'), 'a.spec.ts': sample('vitest') };
  project = sampleProject(files, ['vitest']);
  server = await startInProcess({ SHOWSTOPPER_SEED: '99' });
  inProcess = await run('here.json', ['--reporter=default']);
  besides = await run('there.json', ['--sequence.shuffle.tests', '--sequence.seed=3'], {
    SHOWSTOPPER_ADMIN_URL: server.admin,
  });
}, 240_000);
afterAll(async () => {
  project.remove();
  await server.stop();
});

async function run(report: string, args: string[], env: Record<string, string> = {}): Promise<Run> {
  const ran = await project.run([VITEST, 'run', '--reporter=json', `--outputFile.json=${report}`, ...args], env);
  const text = readFileSync(join(project.folder, report), 'utf8');
  const { testResults } = JSON.parse(text) as { testResults: { assertionResults: Result[] }[] };
  return { ...ran, results: testResults.flatMap(({ assertionResults }) => assertionResults) };
}

const failing = ({ results }: Run): string[] =>
  results.filter(({ status }) => status !== 'passed').map(({ fullName }) => fullName);
const messageOf = ({ results }: Run, name: string): string =>
  results
    .find(({ fullName }) => fullName.startsWith('to fail') && fullName.endsWith(name))
    ?.failureMessages.join('\n') ?? '';
const drawsOf = ({ out }: Run): string[] => (out.match(/^draws .*$/gm) ?? []).sort();

describe.each([
  ['in its own process', () => inProcess],
  ['with a server that runs already', () => besides],
])('%s', (_, ran) => {
  test('all pass but those that are to fail, also fifty that sell the same seat in parallel', () => {
    expect(failing(ran()).filter((name) => !name.startsWith('to fail'))).toEqual([]);
    expect(failing(ran())).toHaveLength(8);
    expect(ran().results.filter(({ fullName }) => fullName.startsWith('in parallel'))).toHaveLength(50);
  });

  test('what was received is told beside what was asked, with what came nearest', () => {
    const message = messageOf(ran(), 'by what was received');
    expect(message).toContain(
      'the upstream should have received operation listSessions, status 200, exactly 2 times\nreceived: 0 times\nthe nearest:\n',
    );
    expect(message).toMatch(/\n {2}\+\d+ ms +GET \/v1\/sessions\?\S+ → 503 in \d+ ms .*\(not as asked: status\)\n/);
  });

  test('the message of a failed test has its exchanges, and what was on', () => {
    const plain = messageOf(ran(), 'by a plain assertion');
    expect(plain).toMatch(
      /expected 1 to be 2[^\n]*\n\nWhat the upstream saw in the world by-a-plain-assertion-[0-9a-f]+:\n/,
    );
    expect(plain).toMatch(
      /\n {2}\+\d+ ms +GET \/v1\/sessions\?\S+ → 200 in \d+ ms {2}client by-a-plain-assertion-[0-9a-f]{6}\n/,
    );
    expect(plain).toContain('\nOn in this test: nothing\n');
    expect(messageOf(ran(), 'by its time')).toMatch(
      /timed out in 4000ms[\s\S]*→ open {2}by upstream-hang\/0 \(hang\)[\s\S]*On in this test: upstream-hang\n/,
    );
  });

  test('each try of a test that is tried again has its own', () => {
    const worlds = messageOf(ran(), 'by two tries').match(/the world by-two-tries-[0-9a-f]+:/g) ?? [];
    expect(new Set(worlds).size).toBe(2);
    expect(worlds).toHaveLength(2);
  });

  test('what a test left on in a shared world is told, but not in the place of its own error', () => {
    expect(messageOf(ran(), 'by what it left on')).toContain('left on in the shared world stage: the activation slow');
    const own = messageOf(ran(), 'by its own error, though it left something on');
    expect(own).toMatch(/expected 1 to be 2[\s\S]*On in this test: slow-upstream/);
    expect(own).not.toContain('left on in the shared world');
  });

  test('a question that makes no sense is told in the words of its author, not as a count', () => {
    expect(messageOf(ran(), 'by an operation that does not exist')).toMatch(
      /toHaveReceived cannot be asked so: match\.operation: .*listSession.*listSessions/,
    );
    expect(messageOf(ran(), 'by times with not')).toContain('takes no `times`');
  });
});

test('the default reporter prints the exchanges', () => {
  expect(inProcess.out).toMatch(/AssertionError: expected 1 to be 2.*\n\nWhat the upstream saw in the world /);
});

test('draws repeat in another run, on another server and in another order', () => {
  expect(drawsOf(inProcess)).toHaveLength(2);
  expect(drawsOf(besides)).toEqual(drawsOf(inProcess));
  expect(drawsOf(inProcess).join()).toMatch(/200.*503|503.*200/);
});

test('no world is left but the shared one', async () => {
  expect((await createAdminClient({ url: server.admin }).worlds()).map(({ name }) => name)).toEqual([
    'default',
    'stage',
  ]);
});
