// truncated-body: part of the answer, then an orderly close.
import { expect, test } from 'vitest';
import { askList, describeKind } from '../../support/kinds.ts';
import { openUpstream } from '../../support/open-upstream.ts';

describeKind('truncated-body');

test('lets the asked bytes through, and never the whole body', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'truncated-body', with: { afterBytes: 25 } });
  expect((await askList(upstream)).body).toHaveLength(25);
  await upstream.heal();
  upstream.arm({ fault: 'truncated-body', with: { afterBytes: 1_000_000 } });
  const sight = await askList(upstream);
  expect(sight.body).toHaveLength(Number(sight.headers.get('content-length')) - 1);
  await upstream.close();
});
