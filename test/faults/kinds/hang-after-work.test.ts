// hang-after-work: the work done, the answer withheld until heal.
import { expect, test } from 'vitest';
import { askList, describeKind } from '../../support/kinds.ts';
import { openUpstream } from '../../support/open-upstream.ts';

describeKind('hang-after-work');

test('healed with `answer`, the withheld answer comes whole', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'hang-after-work' });
  const watched = askList(upstream, 5000);
  await expect.poll(() => upstream.world.holds.size).toBe(1);
  expect(upstream.world.journal.query({ limit: 1 }).data[0]).toMatchObject({ ended: null, status: null });
  await upstream.heal('answer');
  expect(await watched).toMatchObject({ status: 200, whole: true });
  expect(upstream.world.journal.query({ limit: 1 }).data[0]).toMatchObject({ ended: 'answered', status: 200 });
  await upstream.close();
});
