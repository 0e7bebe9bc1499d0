// The page at the admin listener: for browsers, open without a token, and with nothing in it from elsewhere.
import { gzipSync } from 'node:zlib';
import supertest from 'supertest';
import { expect, test } from 'vitest';
import type { PageFile } from '../../src/admin/deps.ts';
import { openAdmin } from './open-admin.ts';

const file = (type: string, text: string): PageFile => ({
  type,
  plain: Buffer.from(text),
  gzipped: gzipSync(text),
});
const PAGE = {
  index: () => file('text/html; charset=utf-8', '<!doctype html><title>Page</title>'),
  asset: (name: string) => (name === 'main-1a.js' ? file('text/javascript; charset=utf-8', 'const a = 1;') : undefined),
};
const LOCKED = { adminToken: 'admin-token', viewerToken: 'viewer-token', hosts: [] };
const BROWSER = 'text/html,application/xhtml+xml,*/*;q=0.8';

test('a browser gets the page without a token, and may load and call nothing but this server', async () => {
  const { listener } = await openAdmin({ page: PAGE, access: LOCKED });
  const { headers, text } = await supertest(listener)
    .get('/')
    .set({ Accept: BROWSER, 'Accept-Encoding': 'identity' })
    .expect(200);
  expect(text).toContain('<title>Page</title>');
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
  expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
  expect(headers['cache-control']).toBe('no-store');
});

test('a program gets the index as JSON, as ever', async () => {
  const { get } = await openAdmin({ page: PAGE });
  const { body } = await get('/').expect(200);
  expect(body.name).toBe('showstopper');
});

test('a page that was not built says how it is built', async () => {
  const { listener } = await openAdmin();
  const { text } = await supertest(listener).get('/').set('Accept', BROWSER).expect(200);
  expect(text).toContain('npm run build');
});

test('a file of the page may be kept by the browser, and comes packed to who takes it so', async () => {
  const { listener } = await openAdmin({ page: PAGE, access: LOCKED });
  const asset = (encoding: string) => supertest(listener).get('/assets/main-1a.js').set('Accept-Encoding', encoding);
  const plain = await asset('identity').expect(200);
  expect([plain.text, plain.headers['cache-control']]).toEqual(['const a = 1;', 'public, max-age=31536000, immutable']);
  const packed = await asset('gzip').expect(200);
  expect([packed.headers['content-encoding'], packed.text]).toEqual(['gzip', 'const a = 1;']);
});

test('what the page has not is a 404 with what to do, and is not kept', async () => {
  const { listener } = await openAdmin({ page: PAGE, access: LOCKED });
  const { body, headers } = await supertest(listener).get('/assets/main-2b.js').expect(404);
  expect(body.detail).toContain('load the page again');
  expect(headers['cache-control']).toBe('no-store');
});

test.each([
  [undefined, 401, undefined],
  ['viewer-token', 200, { who: 'viewer', mayChange: false, version: '1.2.3' }],
  ['admin-token', 200, { who: 'admin', mayChange: true, version: '1.2.3' }],
])('with the token %s access is told with %d', async (token, status, said) => {
  const { get } = await openAdmin({ page: PAGE, access: LOCKED });
  const asked = get('/v1/access');
  const answer = await (token === undefined ? asked : asked.set('Authorization', `Bearer ${token}`)).expect(status);
  if (said) expect(answer.body).toEqual(said);
});
