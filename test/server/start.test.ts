// A server within a program: typed options, mistakes in their words, nothing read from the environment, nothing said.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { ConfigError, type Options } from '../../src/config.ts';
import { BadFaultsFolder, BadProfiles } from '../../src/index.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { start } from '../../src/server/start.ts';

const mistakesOf = (options: Options): Promise<unknown> =>
  start(options).then(
    async (server) => {
      await server.stop();
      return [];
    },
    (error: unknown) => (error instanceof ConfigError ? error.mistakes : error),
  );

test('two servers in one process share nothing', async () => {
  await using one = await start({ catalog: 'small' });
  await using other = await start({ catalog: 'small' });
  await createAdminClient({ url: one.admin }).activate('flaky-503', { share: 1 });
  expect((await fetch(`${one.upstream}/v1/sessions`)).status).toBe(503);
  expect((await fetch(`${other.upstream}/v1/sessions`)).status).toBe(200);
  expect([one.seed, other.seed]).toEqual([1, 1]);
});

test('a scope that ends frees the ports', async () => {
  let url: string;
  {
    await using server = await start({ catalog: 'small' });
    url = server.upstream;
  }
  await expect(fetch(url)).rejects.toThrow();
});

test('options are numbers, truths, lists, pairs and durations', async () => {
  await using server = await start({
    ...{ catalog: 'small', seed: 9, profile: ['flaky-503'], doors: { 'team-a': 0, 'team-b': 0 } },
    ...{
      keys: { 'my-shop': 'k1', 'your-shop': 'k2' },
      reservationTtl: '5m',
      adminToken: 'let-me-in',
      journalMaxBytes: '1MiB',
    },
  });
  expect(Object.keys(server.doors ?? {})).toEqual(['team-a', 'team-b']);
  const admin = createAdminClient({ url: server.admin, token: 'let-me-in' });
  expect(await admin.state()).toMatchObject({ seed: 9, activations: [{ activation: 'flaky-503' }] });
  await admin.heal();
  const asked = (key: string) => fetch(`${server.upstream}/v1/sessions`, { headers: { 'x-api-key': key } });
  expect([(await asked('k1')).status, (await asked('k3')).status]).toEqual([200, 401]);
});

test('an option that is undefined is unset', async () => {
  await using server = await start({ catalog: 'small', port: undefined, seed: undefined });
  expect(server.seed).toBe(1);
});

test('mistakes are told by the names of the options, all of them at once', async () => {
  expect(await mistakesOf({ port: 70_000, adminHost: '0.0.0.0' })).toEqual([
    'port must be a port from 0 to 65535, 0 for a free one, got "70000"',
  ]);
  expect(await mistakesOf({ adminHost: '0.0.0.0' })).toEqual([
    'adminHost 0.0.0.0 lets other machines reach admin, and there is no token: set adminToken (or adminTokenFile), or adminOpen=true if everyone there may control this server',
  ]);
  expect(await mistakesOf({ reservationTtl: '5 minutes' as '5m' })).toMatchObject([
    expect.stringMatching(/^reservationTtl must be a duration/),
  ]);
  expect(await mistakesOf({ keys: { 'My Shop': 'k' } })).toMatchObject([
    expect.stringMatching(/^keys must be name=key pairs/),
  ]);
});

test('a name that is no option does not compile, and is refused with the nearest', async () => {
  // @ts-expect-error there is no such option
  expect(await mistakesOf({ prot: 0 })).toEqual(['prot: there is no such option; the nearest is port']);
  // @ts-expect-error it takes a number
  expect(await mistakesOf({ seed: 'x' })).toMatchObject([expect.stringMatching(/^seed must be a whole number/)]);
});

test('what is wrong with a folder of faults is told by an error that the package exports', async () => {
  const faults = mkdtempSync(join(tmpdir(), 'faults-'));
  onTestFinished(() => rmSync(faults, { recursive: true }));
  writeFileSync(join(faults, 'mine.yaml'), 'summary: Mine.\n');
  await expect(start({ faults })).rejects.toThrow(BadFaultsFolder);
  mkdirSync(join(faults, 'profiles'));
  writeFileSync(join(faults, 'profiles/mine.yaml'), 'summary: Mine.\nrules: [{ fault: hagn }]\n');
  await expect(start({ faults })).rejects.toThrow(BadProfiles);
});

test('it reads nothing of the environment and says nothing on stdout', async () => {
  const script = `
    const { start } = await import('./src/index.ts');
    const server = await start({ catalog: 'small' });
    process.stderr.write(String(server.seed));
    await server.stop();`;
  const env = { ...process.env, SHOWSTOPPER_SEED: '77', SHOWSTOPPER_PROT: '1', SHOWSTOPPER_CATALOG: 'none' };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env,
  });
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '1' });
});
