// partial-outage: who lands on a bad node is lost there, and everybody else is not.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sessionNamed } from '../../../src/faults/session-named.ts';
import { askList, describeKind, watchFor } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { ask } from '../../support/seller.ts';

describeKind('partial-outage', { nodes: 1, bad: 1 });

describe('partial-outage', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  const statuses = (urls: readonly string[], headersOf: (i: number) => Record<string, string> = () => ({})) =>
    Promise.all(urls.map(async (url, i) => (await ask(`${upstream.url}${url}`, { headers: headersOf(i) })).status));

  test('by connection, about as many fail as nodes are down, and another connection may work', async () => {
    upstream.arm({ fault: 'partial-outage' });
    const seen = await Promise.all(Array.from({ length: 200 }, () => askList(upstream)));
    const failed = seen.filter(({ status }) => status === 503).length;
    expect(failed).toBeGreaterThan(25);
    expect(failed).toBeLessThan(80);
    expect(seen.filter(({ status }) => status === 200)).toHaveLength(200 - failed);
  });

  test('by client, a client’s fate is always the same', async () => {
    upstream.arm({ fault: 'partial-outage', with: { by: 'client', nodes: 2, bad: 1 } });
    const urls = Array.from({ length: 40 }, () => '/v1/health');
    const keyOf = (i: number) => ({ 'X-Api-Key': `seller-${i % 20}` });
    const seen = await statuses(urls, keyOf);
    expect(seen.slice(0, 20)).toEqual(seen.slice(20));
    expect(new Set(seen)).toEqual(new Set([200, 503]));
  });

  test('by session, all that is about one session shares its fate, and a list has none', async () => {
    upstream.arm({ fault: 'partial-outage', with: { by: 'session', nodes: 2, bad: 1 } });
    const ids = ['s1', 's2', 's3', 's4', 's5', 's6'];
    const shown = await statuses(ids.map((id) => `/v1/sessions/${id}`));
    expect(new Set(shown)).toEqual(new Set([200, 503]));
    expect(await statuses(ids.map((id) => `/v1/sessions/${id}/seat-map`))).toEqual(shown);
    const reservations = await statuses(ids.map((id) => `/v1/reservations/r_${id}_00000000`));
    expect(reservations).toEqual(shown.map((status) => (status === 200 ? 404 : 503)));
    expect(await statuses(['/v1/sessions', '/v1/health'])).toEqual([200, 200]);
  });

  test.each([
    ['hang', 'open'],
    ['reset', 'rst'],
  ])('a bad node may also %s', async (how, ending) => {
    upstream.arm({ fault: 'partial-outage', with: { nodes: 1, bad: 1, how } });
    expect(await watchFor(100, upstream)).toMatchObject({ ending, raw: '' });
  });
});

test.each([
  ['/v1/sessions/s1', undefined, 's1'],
  ['/v1/sessions/s1/reservations', '{"sessionId":"s2"}', 's1'],
  ['/v1/orders/o_f-12_0123abcd/complete', undefined, 'f-12'],
  ['/v1/orders', '{"reservationId": "r_f-12_0123abcd"}', 'f-12'],
  ['/v1/discounts/validate', '{"code":"X","sessionId" : "s2"}', 's2'],
  ['/v1/orders', '{"externalRef":"r_x"}', undefined],
  ['/v1/sessions', undefined, undefined],
])('%s with the body %s names session %s', (path, body, session) => {
  expect(sessionNamed({ path, body: body === undefined ? undefined : Buffer.from(body) })).toBe(session);
});
