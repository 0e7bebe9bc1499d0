// failed-after-work: a 5xx though the work stands.
import { expect, test } from 'vitest';
import { describeKind } from '../../support/kinds.ts';
import { openUpstream } from '../../support/open-upstream.ts';
import { reserveOne } from '../../support/seller.ts';

describeKind('failed-after-work');

test('a reservation that "failed" stands, and the same key gives the true answer afterwards', async () => {
  const upstream = await openUpstream();
  upstream.arm({
    fault: 'failed-after-work',
    with: { status: 504 },
    match: { operations: ['reserveSeats'] },
    limit: 1,
  });
  const first = await reserveOne(upstream.url, { 'Idempotency-Key': 'one' });
  expect(first.status).toBe(504);
  expect(upstream.world.totals()).toMatchObject({ reserved: 1 });
  const again = await reserveOne(upstream.url, { 'Idempotency-Key': 'one' });
  expect(again.status).toBe(201);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect(upstream.world.totals()).toMatchObject({ reserved: 1 });
  await upstream.close();
});
