// node:test runs a user's tests with `showstopper/node-test`: what passes, what is told of failures, and that the process ends.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../src/server.ts';
import { startInProcess } from '../support/run-server.ts';
import { type Ran, type SampleProject, sample, sampleProject } from './sample-project.ts';

let project: SampleProject;
let server: RunningServer;
let inProcess: Ran;
let besides: Ran;
beforeAll(async () => {
  project = sampleProject({ 'shop.ts': sample('shop'), 'a.test.ts': sample('node-test') }, []);
  server = await startInProcess({ SHOWSTOPPER_SEED: '99' });
  const args = ['--test', '--test-reporter=tap', 'a.test.ts'];
  inProcess = await project.run(args);
  besides = await project.run(args, { SHOWSTOPPER_ADMIN_URL: server.admin });
}, 240_000);
afterAll(async () => {
  project.remove();
  await server.stop();
});

const failing = ({ out }: Ran): string[] =>
  [...out.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(([, name]) => name ?? '').sort();
/** What TAP says of a test. */
const toldOf = ({ out }: Ran, name: string): string =>
  new RegExp(`^( *)not ok \\d+ - ${name}\\n([\\s\\S]*?)^\\1(?=not ok|ok|# Subtest|1\\.\\.)`, 'm').exec(out)?.[2] ?? '';

describe.each([
  ['in its own process', () => inProcess],
  ['with a server that runs already', () => besides],
])('%s', (_, ran) => {
  test('all pass but those that are to fail; others are skipped or left to do; and the process ends', () => {
    expect(ran().status).toBe(1);
    expect(failing(ran()).every((name) => name.startsWith('to fail'))).toBe(true);
    expect(failing(ran())).toHaveLength(7);
    expect(ran().out).toMatch(/^# skipped 1$/m);
    expect(ran().out).toMatch(/^# todo 1$/m);
    expect(ran().out).toMatch(/ok \d+ - is what its subtests meet/);
  });

  test('the message of a failed test has its exchanges, and what was on', () => {
    const plain = toldOf(ran(), 'to fail by a plain assertion');
    expect(plain).toContain("code: 'ERR_ASSERTION'");
    expect(plain).toMatch(/1 !== 2[\s\S]*What the upstream saw in the world to-fail-by-a-plain-assertion-[0-9a-f]+:/);
    expect(plain).toMatch(/\+\d+ ms +GET \/v1\/sessions\?\S+ → 200 in \d+ ms/);
    expect(toldOf(ran(), 'to fail by what was received')).toMatch(
      /operation listSessions, status 503, at least 1 time\n *received: 0 times/,
    );
  });

  test('one that took too long has them in a diagnostic', () => {
    expect(toldOf(ran(), 'to fail by its time')).toContain('timed out after 4000ms');
    expect(ran().out).toMatch(/# {3}\+\d+ ms .*→ open {2}by upstream-hang\/0 \(hang\)/);
  });

  test('a world that is used after its test says which test that was', () => {
    const words = 'the test “that lends its upstream” has ended, and its world with it';
    expect(toldOf(ran(), 'to fail by a world whose test has ended')).toContain(`upstream.on: ${words}`);
    expect(toldOf(ran(), 'to fail by an admin whose test has ended')).toContain(`upstream.admin.rules: ${words}`);
  });

  test('a shared world begins anew with each test, and what one left on by itself is named', () => {
    expect(toldOf(ran(), 'to fail by what it left on')).toMatch(
      /left on in the shared world stage: the activation slow-upstream, the rule rule\/\d \(hang\); turn faults on by upstream\.on/,
    );
    const own = toldOf(ran(), 'to fail by its own error, though it left something on');
    expect(own).toMatch(/1 !== 2[\s\S]*On in this test: slow-upstream/);
    expect(own).not.toContain('left on in the shared world');
  });
});

test('no world is left but the shared one', async () => {
  const names = (await createAdminClient({ url: server.admin }).worlds()).map(({ name }) => name);
  expect(names).toEqual(['default', 'stage']);
});
