// hang: accepted, never answered, and the work not done until heal says so.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askList, describeKind, leaveHeld, worksDone } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';

describeKind('hang');

describe('hang', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterAll(() => upstream.close());

  test('healed with `answer`, a held request is worked and answered', async () => {
    upstream.arm({ fault: 'hang' });
    const watched = askList(upstream);
    await expect.poll(() => upstream.world.holds.size).toBe(1);
    expect(worksDone(upstream)).toBe(0);
    expect(await upstream.heal('answer')).toEqual({ dropped: 0, answered: 1 });
    expect(await watched).toMatchObject({ status: 200, whole: true });
    expect(worksDone(upstream)).toBe(1);
  });

  test('a client that leaves is forgotten, and its work is never done', async () => {
    upstream.arm({ fault: 'hang' });
    const done = worksDone(upstream);
    await leaveHeld(upstream);
    await expect.poll(() => upstream.world.holds.size).toBe(0);
    expect(upstream.world.journal.query({ limit: 1 }).data[0]).toMatchObject({
      ended: 'client-left',
      status: null,
      workedAt: null,
    });
    expect(await upstream.heal('answer')).toEqual({ dropped: 0, answered: 0 });
    expect(worksDone(upstream)).toBe(done);
  });

  test('2,000 at once are all held and all let go', async () => {
    upstream.arm({ fault: 'hang' });
    const watched = Array.from({ length: 2000 }, () => askList(upstream, 30_000));
    await expect.poll(() => upstream.world.holds.size).toBe(2000);
    expect(await upstream.heal()).toEqual({ dropped: 2000, answered: 0 });
    for (const sight of await Promise.all(watched)) expect(sight).toMatchObject({ ending: 'rst', raw: '' });
  });
});
