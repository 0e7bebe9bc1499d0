// Jest runs a user's tests with `showstopper/jest`, as ES modules: what passes, and what is told of failures.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../src/server.ts';
import { startInProcess } from '../support/run-server.ts';
import { program, type SampleProject, sampleProject, untyped } from './sample-project.ts';

interface Result {
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

const CONFIG = JSON.stringify({
  transform: {},
  testMatch: ['**/*.spec.js'],
  testEnvironment: 'node',
  testTimeout: 30_000,
});
const JEST = ['--experimental-vm-modules', program('jest/bin/jest.js')];

let project: SampleProject;
let server: RunningServer;
let results: readonly Result[];
beforeAll(async () => {
  const files = { 'jest.config.json': CONFIG, 'shop.js': untyped('shop'), 'a.spec.js': untyped('jest') };
  project = sampleProject(files, ['jest', '@jest/globals']);
  server = await startInProcess();
  await project.run([...JEST, '--json', '--outputFile=report.json'], { SHOWSTOPPER_ADMIN_URL: server.admin });
  const report = JSON.parse(readFileSync(join(project.folder, 'report.json'), 'utf8'));
  results = (report as { testResults: { assertionResults: Result[] }[] }).testResults.flatMap(
    ({ assertionResults }) => assertionResults,
  );
}, 240_000);
afterAll(async () => {
  project.remove();
  await server.stop();
});

const messageOf = (name: string): string =>
  results.find(({ title }) => title === `to fail ${name}`)?.failureMessages.join('\n') ?? '';

test('all pass but those that are to fail', () => {
  const failed = results.filter(({ status }) => status === 'failed').map(({ title }) => title);
  expect(failed.filter((title) => !title.startsWith('to fail'))).toEqual([]);
  expect(failed).toHaveLength(4);
  expect(results.filter(({ status }) => status === 'passed')).toHaveLength(6);
  expect(results.filter(({ status }) => status === 'pending' || status === 'todo')).toHaveLength(2);
});

test('the message of a failed test has its exchanges, and what was on', () => {
  expect(messageOf('by what was received')).toMatch(
    /operation listSessions, status 503, exactly 2 times\nreceived: 0 times\nthe nearest:\n {2}\+/,
  );
  expect(messageOf('by a plain assertion')).toMatch(
    /Received: .*1.*\n\nWhat the upstream saw in the world to-fail-by-a-plain-assertion-[0-9a-f]+:\n {2}\+\d+ ms/,
  );
});

test('so has that of one that took too long', () => {
  expect(messageOf('by its time')).toMatch(/timeout of 4000 ms/i);
  expect(messageOf('by its time')).toMatch(/it took too long\.\n\n.*\n.*→ open {2}by upstream-hang\/0 \(hang\)/);
});

test('no world is left', async () => {
  expect((await createAdminClient({ url: server.admin }).worlds()).map(({ name }) => name)).toEqual(['default']);
});

test('without a server that runs, they start one in their own process', async () => {
  const alone = await project.run([...JEST, '-t', 'the same seat']);
  expect(alone.out).toMatch(/Tests: .*3 passed/);
  expect(alone.status).toBe(0);
});
