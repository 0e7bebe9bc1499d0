// The recipes for pytest and JUnit are run as they stand in their page, against a server of their own.

import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createAdminClient } from '../src/sdk/admin-client.ts';
import { type Served, serve } from './cli/command.ts';
import { isMissing } from './support/missing.ts';
import { blocksOf, page } from './support/pages.ts';

/** Where Debian has the console launcher of JUnit. */
const JUNIT = '/usr/share/java';
const JARS = ['junit-platform-console', 'junit-platform-launcher', 'junit-platform-reporting', 'junit-platform-engine']
  .concat('junit-platform-commons', 'junit-jupiter-api', 'junit-jupiter-engine', 'opentest4j', 'apiguardian-api')
  .concat('picocli', 'opentest4j-reporting-events', 'opentest4j-reporting-schema')
  .map((name) => `${JUNIT}/${name}.jar`);

interface Ran {
  readonly status: number;
  readonly out: string;
}

let server: Served;
beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.stop());

const run = (command: string, args: readonly string[], cwd?: string): Promise<Ran> =>
  new Promise((resolve) => {
    const env = { ...process.env, SHOWSTOPPER_ADMIN_URL: server?.admin, SHOWSTOPPER_UPSTREAM_URL: server?.upstream };
    execFile(command, args, { cwd, env }, (error, out, err) =>
      resolve({ status: error ? Number(error.code ?? -1) : 0, out: `${out}${err}` }),
    );
  });

/** A folder with the files that the page shows in a language, each named by its first line. */
function recipe(language: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'recipe-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const block of blocksOf(page('docs/other-languages.md'))) {
    const name = /^(?:#|\/\/) (\S+)$/m.exec(block.text)?.[1];
    if (block.language === language && name) writeFileSync(join(folder, name), block.text);
  }
  return folder;
}

const pythons = await Promise.all(
  ['python3', '/usr/bin/python3'].map(async (name) =>
    (await run(name, ['-m', 'pytest', '--version'])).status === 0 ? name : '',
  ),
);
const python = pythons.find((name) => name !== '') ?? '';

test.skipIf(isMissing('the recipe for pytest needs pytest: apt-get install -y python3-pytest', python !== ''))(
  'pytest has a world for each test',
  async () => {
    const { status, out } = await run(python, ['-m', 'pytest', '-q', '-p', 'no:cacheprovider'], recipe('python'));
    expect(out).toContain('3 passed');
    expect(status).toBe(0);
    expect((await createAdminClient({ url: server.admin }).worlds()).map(({ name }) => name)).toEqual(['default']);
  },
);

const hasJunit = (await run('javac', ['-version'])).status === 0 && existsSync(JARS[0] ?? '');

test.skipIf(
  isMissing('the recipe for JUnit needs it and javac: apt-get install -y junit5 default-jdk-headless', hasJunit),
)('JUnit has a world for each test', async () => {
  const folder = recipe('java');
  const path = [...JARS, '.'].join(':');
  const compiled = await run('javac', ['-cp', path, 'ShowstopperWorld.java', 'ShopTest.java'], folder);
  expect(compiled.out).toBe('');
  const console = ['-cp', path, 'org.junit.platform.console.ConsoleLauncher', '--select-class=ShopTest'];
  const { status, out } = await run('java', [...console, '--disable-banner', '--details=tree'], folder);
  expect(out).toContain('2 tests successful');
  expect(status).toBe(0);
  expect((await createAdminClient({ url: server.admin }).worlds()).map(({ name }) => name)).toEqual(['default']);
});
