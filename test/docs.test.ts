// The commands in docs/ and CONTRIBUTING are run too, page by page, and print what the page shows.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdminClient } from '../src/sdk/admin-client.ts';
import { nobodyThere, type Served, serve } from './cli/command.ts';
import { BUNDLED_ENV, INDEX } from './support/bundled.ts';
import { freePort } from './support/free-port.ts';
import { nginxVersion } from './support/nginx.ts';
import { expectAsShown, runBlocks } from './support/page-shell.ts';
import { blocksOf, type Page, page, pages } from './support/pages.ts';
import { runnable } from './support/runnable.ts';
import { ROOT } from './support/shipped.ts';
import { program, sampleProject } from './testing/sample-project.ts';

const NGINX = 'docs/first-outage.md';
const startsServers = (one: Page): boolean => runnable(one).some(({ text }) => text.includes('npm start'));
const commanded = pages().filter((one) => runnable(one).length > 0);

describe('whoever follows', () => {
  let server: Served;
  beforeAll(async () => {
    server = await serve([], { SHOWSTOPPER_CATALOG: 'festival' });
  });
  afterAll(() => server.stop());

  const toRun = commanded.filter((one) => one.path !== NGINX && one.path !== 'README.md' && !startsServers(one));
  test.each(toRun)(
    '$path sees what it shows',
    async (one) => {
      await createAdminClient({ url: server.admin }).reset();
      for (const printed of await runBlocks(runnable(one), server)) expectAsShown(printed, one.path);
    },
    150_000,
  );

  test.skipIf(nginxVersion() === undefined)(
    `${NGINX} lives it`,
    async () => {
      const edge = `127.0.0.1:${await freePort()}`;
      const blocks = runnable(page(NGINX)).map((block) => ({
        ...block,
        text: block.text.replaceAll('127.0.0.1:8000', edge),
      }));
      for (const printed of await runBlocks(blocks, server)) expectAsShown(printed, NGINX);
    },
    150_000,
  );
});

describe('whoever starts a server as', () => {
  test.each(commanded.filter(startsServers))(
    '$path does sees what it shows',
    async (one) => {
      const [upstream, admin, tls] = [await nobodyThere(), await nobodyThere(), await freePort()];
      const blocks = runnable(one).map((block) => ({ ...block, text: inBackground(block.text, tls) }));
      for (const printed of await runBlocks(blocks, { upstream, admin })) expectAsShown(printed, one.path);
    },
    150_000,
  );
});

/** A reader has a second terminal for it; ports that are named become free ones. */
const inBackground = (commands: string, tls: number): string =>
  commands
    .replaceAll('8443', String(tls))
    .replaceAll(/:808[12]\b/g, ':0')
    .replace(
      /^(.*npm start)$/m,
      '$1 > "$TMPDIR/log" &\nuntil curl -sf -o "$TMPDIR/ready" http://127.0.0.1:9190/readyz; do sleep 0.1; done',
    );

describe('the test that is shown in', () => {
  const shown = pages().flatMap((one) =>
    blocksOf(one)
      .filter(({ language, text }) => language === 'ts' && !text.includes("from 'openapi-fetch'")) // see test/contract
      .map(({ text }) => ({ path: one.path, text })),
  );
  const byVitest = (text: string): boolean => text.includes("'showstopper/vitest'");
  test.each(shown.filter(({ text }) => byVitest(text)))('$path passes by Vitest', async ({ text }) => {
    const project = sampleProject({ 'shown.test.ts': text }, ['vitest']);
    try {
      const { status, out } = await project.run([program('vitest/vitest.mjs'), 'run']);
      expect(out).toMatch(/Tests +[1-9]\d* passed/);
      expect(status).toBe(0);
    } finally {
      project.remove();
    }
  });

  test.each(shown.filter(({ text }) => !byVitest(text)))('$path passes', async ({ text }) => {
    const folder = mkdtempSync(join(tmpdir(), 'shown-'));
    try {
      const file = join(folder, 'shown.test.ts');
      writeFileSync(file, text.replace("from 'showstopper'", `from '${INDEX}'`));
      const out = await testsOf(file);
      expect(out).toMatch(/^ℹ pass [1-9]/m);
      expect(out).toMatch(/^ℹ fail 0$/m);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const testsOf = (file: string): Promise<string> =>
  new Promise((resolve) => {
    const args = ['--test', '--test-reporter=spec', file];
    execFile(process.execPath, args, { env: BUNDLED_ENV, cwd: ROOT }, (_, out, err) => resolve(out + err));
  });
