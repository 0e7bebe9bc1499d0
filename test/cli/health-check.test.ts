// The container's health check: green while the server answers, red when it is gone or frozen.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { localAdminUrl, probedAdminUrl } from '../../src/config/client-settings.ts';
import { BUNDLED_ENV, HEALTH_CHECK } from '../support/bundled.ts';
import { nobodyThere, serve } from './command.ts';

/** Exit status of a check of the admin listener at this address. */
async function check(admin: string): Promise<number | null> {
  const env = {
    ...BUNDLED_ENV,
    SHOWSTOPPER_ADMIN_HOST: '0.0.0.0',
    SHOWSTOPPER_ADMIN_PORT: new URL(admin).port,
  };
  const [status] = await once(spawn(process.execPath, [HEALTH_CHECK], { env }), 'exit');
  return status;
}

test('green while the server answers, also with every call held', async () => {
  const server = await serve(['--profile', 'upstream-hang'], { SHOWSTOPPER_ADMIN_TOKEN: 'secret' });
  expect(await check(server.admin)).toBe(0);
  await server.stop();
});

test('red when nobody is there', async () => {
  expect(await check(await nobodyThere())).toBe(1);
});

test('red within three seconds more than it takes to be green when the process is frozen, green again when it is not', async () => {
  const server = await serve();
  const began = performance.now();
  expect(await check(server.admin)).toBe(0);
  const greenAt = performance.now();
  server.child.kill('SIGSTOP');
  expect(await check(server.admin)).toBe(1);
  expect(performance.now() - greenAt).toBeLessThan(greenAt - began + 3000);
  server.child.kill('SIGCONT');
  expect(await check(server.admin)).toBe(0);
  await server.stop();
});

test('it looks where the settings say, and takes what Kubernetes injects for no port', () => {
  expect(localAdminUrl({})).toBe('http://127.0.0.1:9190');
  expect(localAdminUrl({ SHOWSTOPPER_ADMIN_HOST: '::', SHOWSTOPPER_ADMIN_PORT: '1' })).toBe('http://127.0.0.1:1');
  expect(localAdminUrl({ SHOWSTOPPER_ADMIN_HOST: '::1' })).toBe('http://[::1]:9190');
  expect(localAdminUrl({ SHOWSTOPPER_ADMIN_PORT: 'tcp://10.0.0.1:9190' })).toBe('http://127.0.0.1:9190');
});

test('it looks where the flags of the server say, as the first process of a container shows them', () => {
  const first = (...args: string[]): string => `${args.join('\0')}\0`;
  const env = { SHOWSTOPPER_ADMIN_PORT: '2', SHOWSTOPPER_ADMIN_HOST: '0.0.0.0' };
  const asked = (line: string, own: string[] = []): string => probedAdminUrl(own, line, env);
  expect(asked('')).toBe('http://127.0.0.1:2');
  expect(asked(first('node', 'dist/bin/main.js', 'serve', '--admin-port', '3'))).toBe('http://127.0.0.1:3');
  expect(asked(first('/sbin/docker-init', '--', 'node', 'dist/bin/main.js', 'serve', '--admin-port=4'))).toBe(
    'http://127.0.0.1:4',
  );
  expect(asked(first('node', 'main.js', 'serve', '--admin-host', '10.0.0.1'))).toBe('http://10.0.0.1:2');
  expect(asked(first('another', '--admin-port', '3'))).toBe('http://127.0.0.1:2');
  expect(asked(first('node', 'main.js', 'serve', '--admin-port', '3'), ['--admin-port', '5'])).toBe(
    'http://127.0.0.1:5',
  );
});
