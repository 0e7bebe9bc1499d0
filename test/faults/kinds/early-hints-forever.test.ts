// early-hints-forever: 103 after 103, and no answer until heal says so.
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requestText } from '../../../src/doctor/probe.ts';
import { askList, describeKind, leaveHeld, WATCH_MS, watchFor } from '../../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';

describeKind('early-hints-forever');

describe('early-hints-forever', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  test('the first hint comes at once, long before its pace asks for a second', async () => {
    upstream.arm({ fault: 'early-hints-forever', with: { every: '1m' } });
    const { interim, status, ending } = await watchFor(WATCH_MS, upstream);
    expect([interim, status, ending]).toEqual([[103], undefined, 'open']);
  });

  test('more hints come at the asked pace, and nothing else', async () => {
    upstream.arm({ fault: 'early-hints-forever', with: { every: '20ms' } });
    const { interim, status, ending, watchedMs } = await askList(upstream, WATCH_MS);
    expect(new Set(interim)).toEqual(new Set([103]));
    expect(interim.length).toBeGreaterThan(3);
    expect(interim.length).toBeLessThanOrEqual(watchedMs / 20 + 1);
    expect([status, ending]).toEqual([undefined, 'open']);
  });

  test('healed with `answer`, the true answer ends the hints, and the connection is kept', async () => {
    upstream.arm({ fault: 'early-hints-forever', with: { every: '10ms' } });
    const watched = askList(upstream);
    await expect.poll(() => upstream.world.holds.size).toBe(1);
    expect(await upstream.heal('answer')).toEqual({ dropped: 0, answered: 1 });
    const sight = await watched;
    expect(sight).toMatchObject({ status: 200, whole: true, ending: 'open' });
    expect(sight.interim.length).toBeGreaterThan(0);
    expect(JSON.parse(sight.body).data).toHaveLength(3);
  });

  test('a client that leaves is forgotten, hints and all', async () => {
    upstream.arm({ fault: 'early-hints-forever', with: { every: '10ms' } });
    await leaveHeld(upstream);
    await expect.poll(() => upstream.world.holds.size).toBe(0);
    expect(upstream.world.journal.query({ limit: 1 }).data[0]).toMatchObject({ ended: 'client-left', status: null });
  });

  test('a client that does not read costs no more than what its socket takes', async () => {
    upstream.arm({ fault: 'early-hints-forever', with: { every: '10ms' } });
    const deaf = connect(upstream.port, '127.0.0.1').pause();
    deaf.write(requestText('GET', '/v1/sessions'));
    await expect.poll(() => upstream.world.holds.size).toBe(1);
    const [connection] = upstream.door.connections;
    const socket = connection?.socket;
    if (!socket) throw new Error('no connection');
    socket.cork(); // as if the kernel took nothing more
    const bytesAt = (): number => socket.writableLength;
    await expect.poll(bytesAt).toBeGreaterThan(0);
    const first = bytesAt();
    const { interim } = await askList(upstream, WATCH_MS);
    expect(interim.length).toBeGreaterThan(5); // so many could have been written to the deaf one too
    expect(bytesAt()).toBe(first);
    deaf.destroy();
  });

  test('2,000 at once are all held, cost little more than their sockets, and are all let go', async () => {
    upstream.arm({ fault: 'early-hints-forever', with: { every: '1s' } });
    const watched = Array.from({ length: 2000 }, () => askList(upstream, 30_000));
    await expect.poll(() => upstream.world.holds.size).toBe(2000);
    expect(await upstream.heal()).toEqual({ dropped: 2000, answered: 0 });
    for (const sight of await Promise.all(watched)) expect(sight).toMatchObject({ ending: 'rst', status: undefined });
    expect(upstream.world.holds.size).toBe(0);
  });
});
