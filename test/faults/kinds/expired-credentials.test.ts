// expired-credentials: the key is refused as if its time were over.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeKind } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { ask } from '../../support/seller.ts';

describeKind('expired-credentials');

let upstream: OpenUpstream;
beforeAll(async () => {
  upstream = await openUpstream();
});
afterAll(() => upstream.close());

test('a 401 says that the token is invalid because it expired, and is not worth a retry', async () => {
  upstream.arm({ fault: 'expired-credentials', match: { clients: ['seller-a'] } });
  const refused = await ask(`${upstream.url}/v1/health`, { headers: { 'X-Api-Key': 'seller-a' } });
  expect([refused.status, refused.body.code, refused.body.retryable]).toEqual([401, 'unauthorized', false]);
  expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token".*expired/);
  expect((await ask(`${upstream.url}/v1/health`, { headers: { 'X-Api-Key': 'seller-b' } })).status).toBe(200);
});
