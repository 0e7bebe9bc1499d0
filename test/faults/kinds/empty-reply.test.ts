// empty-reply: the work done, and a FIN without a byte.
import { expect, test } from 'vitest';
import { askList, describeKind } from '../../support/kinds.ts';
import { openUpstream } from '../../support/open-upstream.ts';
import { reserveOne } from '../../support/seller.ts';

describeKind('empty-reply');

test('closes in order, and the seat is taken all the same', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'empty-reply', match: { operations: ['reserveSeats'] } });
  await expect(reserveOne(upstream.url)).rejects.toThrow();
  expect(upstream.world.totals()).toMatchObject({ reserved: 1 });
  expect(upstream.world.journal.query({ limit: 1 }).data[0]).toMatchObject({
    ended: 'closed',
    status: null,
    bytesOut: 0,
  });
  await upstream.close();
});

test('strikes what a fault answers before the work too: the last word is the connection’s', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'error-status' }, { fault: 'empty-reply' });
  expect(await askList(upstream)).toMatchObject({ ending: 'fin', raw: '' });
  await upstream.close();
});
