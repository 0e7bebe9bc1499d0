// latency: late by the asked distribution, never early, and work that outlasts its client.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askList, describeKind, worksDone } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';

describeKind('latency', { fixed: '40ms' });

describe('latency', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterAll(() => upstream.close());

  test('is never early', async () => {
    upstream.arm({ fault: 'latency', with: { uniform: { min: '5ms', max: '30ms' } } });
    const sights = await Promise.all(Array.from({ length: 200 }, () => askList(upstream, 5000)));
    for (const { firstByteMs } of sights) expect(firstByteMs).toBeGreaterThanOrEqual(5);
    await upstream.heal();
  });

  test('the work is done also for a client that has left', async () => {
    upstream.arm({ fault: 'latency', with: { fixed: '120ms' } });
    const done = worksDone(upstream);
    await askList(upstream, 20);
    await expect.poll(() => worksDone(upstream)).toBe(done + 1);
    expect(upstream.world.journal.query({ limit: 1 }).data[0]).toMatchObject({ ended: 'client-left', status: null });
    await upstream.heal();
  });

  test('two of them add up', async () => {
    upstream.arm({ fault: 'latency', with: { fixed: '60ms' } }, { fault: 'latency', with: { fixed: '70ms' } });
    expect((await askList(upstream, 5000)).firstByteMs).toBeGreaterThanOrEqual(130);
    await upstream.heal();
  });

  test('a waiting request is dropped by heal without its work', async () => {
    upstream.arm({ fault: 'latency', with: { fixed: '1m' } });
    const done = worksDone(upstream);
    const watched = askList(upstream, 5000);
    await expect.poll(() => upstream.world.holds.size).toBe(1);
    expect(await upstream.heal()).toEqual({ dropped: 1, answered: 0 });
    expect((await watched).ending).toBe('rst');
    expect(worksDone(upstream)).toBe(done);
  });
});
