// stall-body: part of the answer, then silence.
import { expect, test } from 'vitest';
import { describeKind, WATCH_MS, watchFor } from '../../support/kinds.ts';
import { openUpstream } from '../../support/open-upstream.ts';

describeKind('stall-body');

test('lets the asked bytes through, and never the whole body', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'stall-body', with: { afterBytes: 25 } });
  expect((await watchFor(WATCH_MS, upstream)).body).toHaveLength(25);
  await upstream.heal();
  upstream.arm({ fault: 'stall-body', with: { afterBytes: 1_000_000 } });
  const sight = await watchFor(WATCH_MS, upstream);
  expect(sight.body).toHaveLength(Number(sight.headers.get('content-length')) - 1);
  await upstream.close();
});
