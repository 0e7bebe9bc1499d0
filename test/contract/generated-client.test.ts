// Clients as the pages show how to generate them: openapi-typescript's types compile, and openapi-fetch buys and breaks by them.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../src/server.ts';
import { blocksOf, page } from '../support/pages.ts';
import { startInProcess } from '../support/run-server.ts';
import { ROOT } from '../support/shipped.ts';

const GENERATOR = join(ROOT, 'test/contract/node_modules/openapi-typescript/bin/cli.js');
const COMPILER = join(ROOT, 'test/contract/node_modules/typescript/bin/tsc');
const UPSTREAM = 'docs/upstream-api.md';
const ADMIN = 'docs/admin-api.md';

const COMPILED = {
  compilerOptions: {
    ...{ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, skipLibCheck: false },
    ...{ target: 'es2023', lib: ['es2023', 'dom', 'dom.iterable'], module: 'nodenext', types: [], noEmit: true },
    allowImportingTsExtensions: true,
  },
  include: ['*.ts'],
};

/** What the types must know, and what they must refuse. */
const KNOWS = `import createClient from 'openapi-fetch';
import type { components as Admin, paths as AdminPaths } from './admin.d.ts';
import type { components as Upstream, paths } from './upstream.d.ts';

declare const reservation: Upstream['schemas']['Reservation'];
declare const page: Upstream['schemas']['SessionPage'];
declare const entry: Admin['schemas']['Entry'];
export const seats: string[] = reservation.seats;
export const cursor: string | null = page.nextCursor;
export const status: 'active' | 'consumed' | 'expired' | 'released' = reservation.status;
export const code = entry.kind === 'exchange' ? entry.status : undefined;

const shop = createClient<paths>({ baseUrl: '' });
const admin = createClient<AdminPaths>({ baseUrl: '' });
const { error } = await shop.GET('/v1/orders/{id}', { params: { path: { id: 'o-1' } } });
if (error?.code === 'not_found') error.requestId satisfies string;
// @ts-expect-error: no such code
if (error?.code === 'not_fuond') error.requestId;
// @ts-expect-error: no such path
await shop.GET('/v1/order/{id}');
// @ts-expect-error: the path has a parameter
await shop.GET('/v1/orders/{id}', {});
// @ts-expect-error: the key is required
await shop.POST('/v1/orders/{id}/complete', { params: { path: { id: 'o-1' } }, body: {} });
await admin.POST('/v1/rules', { body: { fault: 'latency', with: { fixed: '200ms' } } });
// @ts-expect-error: no such kind
await admin.POST('/v1/rules', { body: { fault: 'latncy' } });
// @ts-expect-error: a parameter of another kind
await admin.POST('/v1/rules', { body: { fault: 'latency', with: { quota: 1 } } });
`;

const folder = mkdtempSync(join(tmpdir(), 'showstopper-generated-'));
let server: RunningServer;
beforeAll(async () => {
  server = await startInProcess();
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  write('package.json', '{ "type": "module" }');
  write('tsconfig.json', JSON.stringify(COMPILED));
  write('knows.ts', KNOWS);
  for (const [path, file] of [
    [UPSTREAM, 'buy.ts'],
    [ADMIN, 'break.ts'],
  ] as const) {
    await node([GENERATOR, ...generating(path)]);
    write(file, here(shown(path, 'ts', 'openapi-fetch')));
  }
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

/** The block of a page in this language that says this. */
function shown(path: string, language: string, says: string): string {
  const block = blocksOf(page(path)).find((one) => one.language === language && one.text.includes(says));
  if (!block) throw new Error(`${path} shows no ${language} with ${says}`);
  return block.text;
}

const here = (text: string): string =>
  text.replaceAll('http://127.0.0.1:8080', server.upstream).replaceAll('http://127.0.0.1:9190', server.admin);

/** What the page's own command has behind its name. */
function generating(path: string): string[] {
  const [, args = ''] = /^npx openapi-typescript (.*)$/m.exec(here(shown(path, 'sh', 'npx openapi-typescript'))) ?? [];
  return args.split(' ');
}

/** What a program prints; rejects with all that it said when it fails. */
const node = (args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: folder }, (error, out, err) =>
      error ? reject(new Error(`${args.join(' ')} failed:\n${out}${err}`)) : resolve(out),
    );
  });

test('the types compile strictly, and the programs of the pages with them', async () => {
  for (const name of ['upstream.d.ts', 'admin.d.ts'])
    expect(readFileSync(join(folder, name), 'utf8')).toContain('export interface paths');
  expect(await node([COMPILER, '-p', '.'])).toBe('');
});

test('the one buys tickets', async () => {
  expect(await node(['buy.ts'])).toMatch(/^[A-Z]-\d+ [A-Z]-\d+\n$/);
});

test('the other breaks a call, and heals it', async () => {
  expect(await node(['break.ts'])).toMatch(/^rule\/1 429\n1 200\n$/);
});
