// lost-reply: the work done, an RST before or within the answer.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { probe, requestText } from '../../../src/doctor/probe.ts';
import { askList, describeKind } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';
import { reserveOne } from '../../support/seller.ts';

describeKind('lost-reply');

describe('lost-reply', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream({ catalog: 'festival' });
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  test('lets exactly so many bytes of the body through before the RST', async () => {
    upstream.arm({ fault: 'lost-reply', with: { afterBytes: 40 } });
    const sight = await askList(upstream);
    expect(sight).toMatchObject({ ending: 'rst', status: 200, whole: false });
    expect(sight.body).toHaveLength(40);
  });

  test('a large part arrives before the RST too', async () => {
    upstream.arm({ fault: 'lost-reply', with: { afterBytes: 45_000 } });
    const sight = await probe({
      port: upstream.port,
      request: requestText('GET', '/v1/sessions?limit=100'),
      forMs: 30_000,
    });
    expect(sight.ending).toBe('rst');
    expect(sight.body).toHaveLength(45_000);
  });

  test('the work is done, and a retry with the same key learns of it', async () => {
    upstream.arm({ fault: 'lost-reply', match: { operations: ['reserveSeats'] }, limit: 1 });
    await expect(reserveOne(upstream.url, { 'Idempotency-Key': 'lost' })).rejects.toThrow();
    expect(upstream.world.totals()).toMatchObject({ reserved: 1 });
    const retry = await reserveOne(upstream.url, { 'Idempotency-Key': 'lost' });
    expect([retry.status, retry.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(upstream.world.journal.query({ limit: 10 }).data.map(({ ended }) => ended)).toContain('reset');
  });
});
