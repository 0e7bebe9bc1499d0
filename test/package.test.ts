// The package as it is installed: what is in it, what it says to old Nodes, and that it runs and compiles with nothing beside it.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXPORTED, PEERS } from '../build/entries.ts';
import { LEAST_NODE } from '../src/base/node-version.ts';
import { type Program, run, serve } from './cli/command.ts';
import { NODES, OLD_NODES, type OtherNode } from './support/other-nodes.ts';
import { type Packed, packAndInstall } from './support/packed.ts';
import { blocksOf, pages } from './support/pages.ts';
import { ask } from './support/seller.ts';
import { ROOT } from './support/shipped.ts';

const start = promisify(execFile);
/** To download and on disk; whoever makes it larger says so here. */
const MAX_PACKED_BYTES = 1_500_000;
const MAX_UNPACKED_BYTES = 6_000_000;

let packed: Packed;
beforeAll(async () => {
  packed = await packAndInstall();
  const { size, unpackedSize, files } = packed;
  process.stdout.write(`the package: ${size} bytes packed, ${unpackedSize} unpacked, ${files.length} files\n`);
}, 240_000);
afterAll(() => packed.remove());

const installed = (path: string): string => join(packed.project, 'node_modules/showstopper', path);
const command = (): Program => ({ file: join(packed.project, 'node_modules/.bin/showstopper'), args: [] });
const on = ({ path }: OtherNode) => ({ PATH: `${dirname(path)}:/usr/bin:/bin` });
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

describe('what is packed', () => {
  test('holds what is exported and started, the page and the faults, and is small', () => {
    const { files, size, unpackedSize } = packed;
    const needed = [
      ...EXPORTED.flatMap((name) => [`dist/${name}.js`, `dist/types/${name}.d.ts`]),
      manifest.bin.showstopper,
    ];
    const more = ['dist/page/index.html', 'faults/profiles/upstream-hang.yaml', 'dist/third-party-licences.txt'];
    expect(files).toEqual(expect.arrayContaining([...needed, ...more, 'README.md', 'LICENSE']));
    expect(size).toBeLessThan(MAX_PACKED_BYTES);
    expect(unpackedSize).toBeLessThan(MAX_UNPACKED_BYTES);
  });

  test('holds no tests, no sources, no maps, and nothing of this machine', () => {
    expect(packed.files.filter((file) => /^(src|test|build)\/|\.test\.|\.map$|(?<!\.d)\.tsx?$/.test(file))).toEqual([]);
    const scripts = packed.files.filter((file) => file.endsWith('.js'));
    const code = (file: string): string => readFileSync(installed(file), 'utf8').replace(/^\/\/ .*$/gm, '');
    expect(scripts.filter((file) => code(file).includes('sourceMappingURL'))).toEqual([]);
    expect(scripts.filter((file) => code(file).includes(ROOT))).toEqual([]);
  });

  test('is installed alone, with the licence of each package that it contains', () => {
    expect(readdirSync(join(packed.project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'showstopper',
    ]);
    const licences = readFileSync(installed('dist/third-party-licences.txt'), 'utf8');
    for (const name of ['koa', 'zod', 'pino', 'commander', '@peculiar/x509'])
      expect(licences).toMatch(new RegExp(`^${name} \\d.* \\(MIT\\)$`, 'm'));
    expect(readFileSync(installed('dist/page/third-party-licences.txt'), 'utf8')).toMatch(/^preact \d/m);
  });

  test.each(EXPORTED)('imports from %s only what Node has, what lies beside it, and its peers', (name) => {
    const allowed = new RegExp(`^(node:.*${PEERS.map((peer) => `|${peer}(/.*)?`).join('')})$`);
    expect(importsFrom(installed(`dist/${name}.js`)).filter((one) => !allowed.test(one))).toEqual([]);
  });

  test('the client imports nothing but Node', () => {
    expect(importsFrom(installed('dist/client.js')).filter((name) => !name.startsWith('node:'))).toEqual([]);
    expect(filesFrom(installed('dist/client.js')).length).toBeGreaterThan(1);
  });
});

const IMPORT =
  /^\s*(?:import|export)\b[^'"]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|^import\s*['"]([^'"]+)['"]/gm;

/** What a file and the files that it imports import from elsewhere. */
function importsFrom(entry: string): string[] {
  return filesFrom(entry).flatMap((file) => namesIn(file).filter((name) => !name.startsWith('.')));
}

function filesFrom(entry: string): string[] {
  const files = new Set([entry]);
  for (const file of files)
    for (const name of namesIn(file)) if (name.startsWith('.')) files.add(resolve(dirname(file), name));
  return [...files];
}

const namesIn = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, from, called, alone]) => from ?? called ?? alone ?? '');

test('the linters of packages find nothing', async () => {
  const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name);
  const [published, typed] = await Promise.all([
    start(bin('publint'), ['--strict', packed.tarball]),
    start(bin('attw'), ['--profile', 'esm-only', '--no-color', '--format', 'ascii', packed.tarball]),
  ]);
  expect(published.stdout).toContain('All good!');
  for (const name of EXPORTED)
    expect(typed.stdout).toContain(name === 'index' ? '"showstopper"' : `"showstopper/${name}"`);
});

test('what it needs of Node is said once', () => {
  expect(manifest.engines.node).toBe(`>=${LEAST_NODE}`);
});

describe.each(OLD_NODES)('on Node $version', (node) => {
  const sentence = `Showstopper needs Node ${LEAST_NODE} or newer; this is ${node.version}.`;

  test('the command says in a sentence what it needs, and ends with 2', async () => {
    for (const args of [['--version'], ['serve'], []])
      expect(await run(args, on(node), packed.project, command())).toEqual({
        ...{ status: 2, out: '' },
        err: `${sentence}\n`,
      });
  });

  test('an import says so too', async () => {
    const importing = start(node.path, ['--input-type=module', '-e', "import 'showstopper'"], { cwd: packed.project });
    await expect(importing).rejects.toThrow(`Error: ${sentence}`);
  });
});

const IN_PROCESS = `
import { strict as assert } from 'node:assert';
import { createAdminClient, start } from 'showstopper';
import * as client from 'showstopper/client';

assert.equal(client.createAdminClient, createAdminClient);
const servers = await Promise.all([1, 2].map(() => start({ catalog: 'small' })));
const [admin] = servers.map(({ admin }) => client.createAdminClient({ url: admin }));
const events = await admin.events(AbortSignal.timeout(90_000));
await admin.addRule({ fault: 'error-status', with: { status: 503 }, limit: 1 });
const statuses = [];
for (const { upstream } of [servers[0], ...servers]) statuses.push((await fetch(upstream + '/v1/sessions')).status);
await admin.verify({ match: { status: 503 }, count: { min: 1, max: 1 } });
await assert.rejects(admin.activate('nothing-like-it'), client.AdminError);
for await (const { event } of events) if (event === 'exchange') break;
await Promise.all(servers.map((server) => server.stop()));
console.log(statuses.join());
`;

const UNDER_NODE_TEST = `
import { strict as assert } from 'node:assert';
import { test } from 'showstopper/node-test';

test('a fault ends with the test', async ({ upstream }) => {
  await upstream.admin.addRule({ fault: 'error-status', with: { status: 503 } });
  assert.equal((await fetch(upstream.url + '/v1/sessions')).status, 503);
});
`;

/** Kinds that use raw sockets, helper processes and certificates, and that a busy machine does not blur. */
const UNTIMED =
  'lost-reply,truncated-body,garbage,refuse-connection,dark-door,connection-flood,tls-bad-certificate,double-charge';

describe.concurrent.each(NODES)('on Node $version', (node) => {
  test('the command serves its page, sells a ticket, and ends when it is told to', async ({ onTestFinished }) => {
    expect((await run(['--version'], on(node), packed.project, command())).out).toBe(`${manifest.version}\n`);
    const server = await serve([], on(node), command());
    onTestFinished(() => void server.child.kill('SIGKILL'));
    const page = await fetch(server.admin, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('<script');
    const post = (path: string, json: object) => ask(`${server.upstream}/v1${path}`, { method: 'POST', json, headers });
    const headers = { authorization: 'Bearer shop', 'idempotency-key': 'k' };
    const { body } = await ask(`${server.upstream}/v1/sessions?status=on_sale&limit=1`);
    const seats = { bestAvailable: { count: 1 }, customerRef: 'ada' };
    const reserved = await post(`/sessions/${body.data[0].id}/reservations`, seats);
    const order = { reservationId: reserved.body.id, externalRef: 'cart-1', customer: { name: 'Ada', phone: '0912' } };
    const ordered = await post('/orders', { ...order, payment: { method: 'seller' } });
    const completed = await post(`/orders/${ordered.body.id}/complete`, { paymentReference: 'bank-1' });
    expect(completed.body).toMatchObject({ status: 'completed', tickets: [{ barcode: expect.any(String) }] });
    expect(await server.stop()).toBe(0);
  });

  test('what it does to connections is seen to be what it says', async () => {
    const { status, out } = await run(['doctor', '--kinds', UNTIMED], on(node), packed.project, command());
    expect(out).toContain('8 kinds: 8 ok');
    expect(status).toBe(0);
  });

  test('two servers and the client run in a process that then ends', async () => {
    const args = ['--input-type=module', '-e', IN_PROCESS];
    const { stdout } = await start(node.path, args, { cwd: packed.project, env: on(node), timeout: 100_000 });
    expect(stdout).toBe('503,200,200\n');
  });

  test('its fixtures run under node:test', async () => {
    const file = join(packed.project, `fixtures-${node.version}.test.mjs`);
    writeFileSync(file, UNDER_NODE_TEST);
    const args = ['--test', '--test-reporter=tap', file];
    const { stdout } = await start(node.path, args, { cwd: packed.project, env: on(node) });
    expect(stdout).toMatch(/^# pass 1$[\s\S]*^# fail 0$/m);
  });

  test.each(['showstopper', 'showstopper/client'])('%s can be required, though it is ESM only', async (name) => {
    const program = `console.log(typeof require('${name}').createAdminClient)`;
    const { stdout } = await start(node.path, ['--input-type=commonjs', '-e', program], { cwd: packed.project });
    expect(stdout).toBe('function\n');
  });
});

const EXAMPLES: Readonly<Record<string, string>> = {
  index: `
import { ConfigError, createAdminClient, type Options, type StartedServer, start } from 'showstopper';
const options: Options = { catalog: 'small', seed: 7 };
const server: StartedServer = await start(options);
export const admin = createAdminClient({ url: server.admin });
export const isMistake = (error: unknown): boolean => error instanceof ConfigError && error.mistakes.length > 0;
// @ts-expect-error an option that is not there
await start({ catalogue: 'small' });`,
  client: `
import { type AdminClient, AdminError, createAdminClient } from 'showstopper/client';
const admin: AdminClient = createAdminClient({ url: 'http://127.0.0.1:9190' });
export const codeOf = (error: unknown): string => (error instanceof AdminError ? error.problem.code : '');
const { data } = await admin.journal({ kind: 'exchange' });
export const statuses: (number | null)[] = data.map(({ status }) => status);
await admin.addRule({ fault: 'hang', match: { operations: ['listSessions'] }, ttl: '1m' });
// @ts-expect-error a rule has a match
await admin.addRule({ fault: 'hang', matches: { operations: ['listSessions'] } });`,
};
const needsPeers = (name: string): boolean => PEERS.some((peer) => peer.includes(name));
const PEER_NAMES = [...PEERS, ...EXPORTED.filter(needsPeers).map((name) => `showstopper/${name}`)];

describe.concurrent.each([
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
])('with $moduleResolution', (resolution) => {
  const blocks = pages().flatMap((one) => blocksOf(one).filter(({ language }) => language === 'ts'));
  // others are of clients that are generated from the OpenAPI documents
  const shown = blocks.map(({ text }) => text).filter((text) => /from 'showstopper['/]/.test(text));
  const usesPeers = (text: string): boolean => PEER_NAMES.some((name) => text.includes(`'${name}'`));

  test('the types need nothing but those of Node; entries and tests of the pages compile', async () => {
    const entries = EXPORTED.filter((name) => !needsPeers(name)).map(exampleOf);
    expect(await compile(resolution, [], [...entries, ...shown.filter((text) => !usesPeers(text))])).toBe('');
  });

  test('with its peers, so do the others', async () => {
    const entries = EXPORTED.filter(needsPeers).map(exampleOf);
    expect(await compile(resolution, PEERS, [...entries, ...shown.filter(usesPeers)])).toBe('');
  });
});

const exampleOf = (name: string): string =>
  EXAMPLES[name] ?? `import * as entry from 'showstopper/${name}';\nexport const names = Object.keys(entry);\n`;

/** As a user who is strict with everything; what the compiler says of the examples and of our types. */
async function compile(resolution: object, peers: readonly string[], examples: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(dirname(packed.project), 'typed-'));
  const modules = join(folder, 'node_modules');
  cpSync(installed(''), join(modules, 'showstopper'), { recursive: true });
  for (const name of ['@types/node', 'undici-types', ...peers]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  for (const [index, text] of examples.entries()) writeFileSync(join(folder, `example-${index}.ts`), text);
  const strict = {
    strict: true,
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
  };
  const compilerOptions = { ...strict, ...resolution, target: 'es2022', noEmit: true, types: ['node'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const { stdout, code } = await start(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder]).then(
    (done) => ({ ...done, code: 0 }),
    (failed: { stdout: string; code: number }) => failed,
  );
  if (code !== 0 && stdout === '') return 'the compiler did not run';
  const ours = stdout.split('\n').filter((line) => line.includes('/typed-') || line.startsWith('error'));
  return ours.join('\n'); // what peers say wrong of themselves is theirs
}

test('npx finds the command', async () => {
  const env = { ...on({ path: process.execPath, version: '' }), HOME: process.env.HOME ?? '' };
  const { stdout } = await start('npx', ['--no-install', 'showstopper', '--version'], { cwd: packed.project, env });
  expect(stdout).toBe(`${manifest.version}\n`);
});
