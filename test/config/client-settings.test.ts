// The server that the environment names for tests: none, or its admin, its token and where its upstream is reached.
import { expect, test } from 'vitest';
import { serverNamedByEnvironment } from '../../src/config/client-settings.ts';

test('none is named without an admin URL, whatever else is there', () =>
  expect(serverNamedByEnvironment({ SHOWSTOPPER_ADMIN_TOKEN: 'a', SHOWSTOPPER_UPSTREAM_URL: 'b' })).toBeUndefined());

test('one is named by its admin URL, with its token, and its upstream without a slash at its end', () => {
  const env = { SHOWSTOPPER_ADMIN_URL: 'http://admin.test', SHOWSTOPPER_ADMIN_TOKEN: 'secret' };
  const named = { adminUrl: 'http://admin.test', token: 'secret' };
  expect(serverNamedByEnvironment(env)).toEqual({ ...named, upstreamUrl: undefined });
  expect(serverNamedByEnvironment({ ...env, SHOWSTOPPER_UPSTREAM_URL: 'http://tickets.test/' })).toEqual({
    ...named,
    upstreamUrl: 'http://tickets.test',
  });
});

test.each([
  ['SHOWSTOPPER_ADMIN_URL', '127.0.0.1:9190'],
  ['SHOWSTOPPER_ADMIN_URL', 'localhost:9190'],
  ['SHOWSTOPPER_UPSTREAM_URL', 'nonsense'],
])('%s that is no URL is told with its name: %s', (name, text) => {
  const env = { SHOWSTOPPER_ADMIN_URL: 'http://admin.test', [name]: text };
  expect(() => serverNamedByEnvironment(env)).toThrow(`${name} must be a URL as http://127.0.0.1:9190, got "${text}"`);
});
