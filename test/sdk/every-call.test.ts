// The client has a call for every route of the admin API, told by its OpenAPI document.
import { afterEach, expect, test, vi } from 'vitest';
import type { openapiDocument } from '../../src/admin/openapi.ts';
import { createAdminClient } from '../../src/sdk/admin-client.ts';
import { start } from '../../src/server/start.ts';

afterEach(() => vi.unstubAllGlobals());

/** What a page or a person asks for. */
const NO_CALLS = ['GET /', 'GET /assets/{file}'];

/** Each call with some arguments; those that are made of other calls make theirs. */
const ARGUMENTS: Readonly<Record<string, readonly unknown[][]>> = {
  events: [[new AbortController().signal]],
  rehearsalReport: [
    ['a', 'md'],
    ['a', 'html'],
    ['a', 'json'],
    ['a', 'junit.xml'],
  ],
  reconcile: [['externalRef,completed', 'shop']],
};

test('none is missing', async () => {
  await using server = await start({ catalog: 'small' });
  const { paths } = (await createAdminClient({ url: server.admin }).openapi()) as ReturnType<typeof openapiDocument>;
  const routes = Object.entries(paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => /^(get|post|put|delete)$/.test(method))
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
  const asked = new Set<string>();
  vi.stubGlobal('fetch', (url: string, init: { method?: string } = {}) => {
    asked.add(`${init.method ?? 'GET'} ${new URL(url).pathname}`);
    return Promise.resolve(new Response('{"data":[]}', { headers: { 'content-type': 'application/json' } }));
  });
  const client = createAdminClient({ url: 'http://admin.test' });
  for (const [name, call] of Object.entries(client)) {
    if (name === 'waitFor' || name === 'world') continue;
    for (const given of ARGUMENTS[name] ?? [['a', {}]])
      await Promise.resolve((call as (...args: unknown[]) => unknown)(...given)).catch(() => {});
  }
  const isAsked = (route: string): boolean => {
    const form = new RegExp(`^${route.replaceAll(/\{[^}]*\}/g, '[^/]+')}$`);
    return [...asked].some((one) => form.test(one));
  };
  expect(routes.length).toBeGreaterThan(50);
  expect(routes.filter((route) => !isAsked(route) && !NO_CALLS.includes(route))).toEqual([]);
});
