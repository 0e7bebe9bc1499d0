// Playwright runs a user's tests with `showstopper/playwright`: what passes, and what is told of failures.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import type { RunningServer } from '../../src/server.ts';
import { startInProcess } from '../support/run-server.ts';
import { program, type Ran, type SampleProject, sample, sampleProject } from './sample-project.ts';

interface Spec {
  readonly title: string;
  readonly ok: boolean;
  readonly tests: readonly {
    readonly results: readonly {
      readonly errors: readonly { readonly message: string }[];
      readonly attachments: readonly { readonly name: string; readonly body: string }[];
    }[];
  }[];
}

interface Suite {
  readonly specs: readonly Spec[];
  readonly suites?: readonly Suite[];
}

const CONFIG = "export default { testMatch: '*.spec.ts', workers: 2, fullyParallel: true };";
const PLAYWRIGHT = program('@playwright/test/cli.js');

let project: SampleProject;
let server: RunningServer;
let ran: Ran;
let specs: readonly Spec[];
beforeAll(async () => {
  const files = { 'playwright.config.ts': CONFIG, 'shop.ts': sample('shop'), 'a.spec.ts': sample('playwright') };
  project = sampleProject(files, ['@playwright/test']);
  server = await startInProcess();
  const env = { SHOWSTOPPER_ADMIN_URL: server.admin, PLAYWRIGHT_JSON_OUTPUT_NAME: 'report.json' };
  ran = await project.run([PLAYWRIGHT, 'test', '--reporter=line,json'], env);
  const report = JSON.parse(readFileSync(join(project.folder, 'report.json'), 'utf8')) as Suite;
  specs = specsOf(report);
}, 240_000);
afterAll(async () => {
  project.remove();
  await server.stop();
});

const specsOf = ({ specs: own = [], suites = [] }: Partial<Suite>): Spec[] => [...own, ...suites.flatMap(specsOf)];
const resultOf = (title: string) => specs.find((spec) => spec.title === title)?.tests[0]?.results[0];

test('all pass but those that are to fail', () => {
  expect(specs.filter(({ ok }) => !ok).map(({ title }) => title)).toEqual([
    'by what was received',
    'by a plain assertion',
    'by its time',
  ]);
  expect(specs.filter(({ ok }) => ok)).toHaveLength(5);
});

test('the message of a failed test has its exchanges, and so has what is attached', () => {
  expect(resultOf('by what was received')?.errors[0]?.message).toContain('exactly 2 times\nreceived: 0 times\n');
  const { errors, attachments } = resultOf('by a plain assertion') ?? {};
  const words =
    /What the upstream saw in the world by-a-plain-assertion-[0-9a-f]+:\n {2}\+\d+ ms .*\nOn in this test: nothing/;
  expect(errors?.[0]?.message).toMatch(words);
  const [journal] = attachments ?? [];
  expect(journal?.name).toBe('upstream journal');
  expect(Buffer.from(journal?.body ?? '', 'base64').toString()).toMatch(words);
  expect(
    resultOf('by its time')
      ?.errors.map(({ message }) => message)
      .join('\n'),
  ).toMatch(/timeout of 4000ms[\s\S]*→ open {2}by upstream-hang\/0 \(hang\)/);
  expect(ran.out).toMatch(/Received: 1\n\n +What the upstream saw in the world by-a-plain/);
});

test('no world is left', async () => {
  expect((await createAdminClient({ url: server.admin }).worlds()).map(({ name }) => name)).toEqual(['default']);
});

test('without a server that runs, they start one in their own process', async () => {
  const alone = await project.run([PLAYWRIGHT, 'test', '--reporter=line', '-g', 'the same seat']);
  expect(alone.out).toMatch(/3 passed/);
  expect(alone.status).toBe(0);
});
