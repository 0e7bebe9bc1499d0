// slow-body: the head at once, the body no faster than asked.
import { expect, test } from 'vitest';
import { askList, describeKind } from '../../support/kinds.ts';
import { openUpstream } from '../../support/open-upstream.ts';

describeKind('slow-body', { bytesPerSecond: 4000 });

test('drips at the asked pace, and the slower of two wins', async () => {
  const upstream = await openUpstream();
  upstream.arm(
    { fault: 'slow-body', with: { bytesPerSecond: 500 } },
    { fault: 'slow-body', with: { bytesPerSecond: 100_000 } },
  );
  const watched = askList(upstream);
  const sight = await watched;
  const fastestMs = (sight.body.length / 500) * 1000;
  expect(sight.whole).toBe(true);
  expect(sight.firstByteMs).toBeLessThan(fastestMs / 2);
  const [entry] = upstream.world.journal.query({ kind: 'exchange', limit: 1 }).data;
  expect((entry?.endedAt ?? 0) - (entry?.firstByteAt ?? 0)).toBeGreaterThanOrEqual(fastestMs - 1);
  await upstream.close();
});

test('healed with `answer`, the rest comes at once', async () => {
  const upstream = await openUpstream();
  upstream.arm({ fault: 'slow-body', with: { bytesPerSecond: 1 } });
  const watched = askList(upstream);
  await expect.poll(() => upstream.world.holds.size).toBe(1);
  await upstream.heal('answer');
  expect(await watched).toMatchObject({ status: 200, whole: true });
  expect(upstream.world.holds.size).toBe(0);
  await upstream.close();
});
