// latency: late by the asked distribution, never early, and work that outlasts its client.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Chance } from '../../../src/base/chance.ts';
import { arrival, CAPABLE } from '../../support/arrivals.ts';
import { askList, describeKind, leaveHeld, worksDone } from '../../support/kinds.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { checked, type OpenUpstream, openUpstream } from '../../support/open-upstream.ts';

describeKind('latency', { fixed: '40ms' });

describe('latency', () => {
  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterAll(() => upstream.close());

  test('is never early', async () => {
    upstream.arm({ fault: 'latency', with: { uniform: { min: '5ms', max: '30ms' } } });
    const sights = await Promise.all(Array.from({ length: 200 }, () => askList(upstream)));
    for (const { firstByteMs } of sights) expect(firstByteMs).toBeGreaterThanOrEqual(5);
    await upstream.heal();
  });

  test('the work is done also for a client that has left', async () => {
    upstream.arm({ fault: 'latency', with: { fixed: '1s' } });
    const done = worksDone(upstream);
    await leaveHeld(upstream);
    await expect.poll(() => worksDone(upstream)).toBe(done + 1);
    await expect
      .poll(() => upstream.world.journal.query({ limit: 1 }).data[0]) // an RST that answers our bytes is waited for
      .toMatchObject({ ended: 'client-left', status: null, firstByteAt: null, bytesOut: 0 });
    await upstream.heal();
  });

  test('two of them add up', async () => {
    upstream.arm({ fault: 'latency', with: { fixed: '60ms' } }, { fault: 'latency', with: { fixed: '70ms' } });
    expect((await askList(upstream)).firstByteMs).toBeGreaterThanOrEqual(130);
    await upstream.heal();
  });

  test('a waiting request goes on at once when healed', async () => {
    upstream.arm({ fault: 'latency', with: { fixed: '1m' } });
    const done = worksDone(upstream);
    const watched = askList(upstream);
    await expect.poll(() => upstream.world.holds.size).toBe(1);
    expect(await upstream.heal()).toEqual({ dropped: 0, answered: 1 });
    expect(await watched).toMatchObject({ status: 200, whole: true });
    expect(worksDone(upstream)).toBe(done + 1);
  });

  test('a waiting request is dropped without its work when told so', async () => {
    upstream.arm({ fault: 'latency', with: { fixed: '1m' } });
    const done = worksDone(upstream);
    const watched = askList(upstream);
    await expect.poll(() => upstream.world.holds.size).toBe(1);
    expect(await upstream.heal('drop')).toEqual({ dropped: 1, answered: 0 });
    expect((await watched).ending).toBe('rst');
    expect(worksDone(upstream)).toBe(done);
  });
});

describe('over time', () => {
  const LUCK = { uniform: () => 0.5 } as unknown as Chance;

  /** Waits so many seconds after the rule came into force. */
  function waitsAt(params: Record<string, unknown>, seconds: readonly number[]): number[] {
    const clock = new ManualClock();
    const { fault, params: read } = checked({ fault: 'latency', with: params });
    const armed = fault.arm(read, { clock, conditions: CAPABLE, standsAt: () => true, chance: new Chance(1) });
    return seconds.map((second) => {
      clock.advance(second * 1000 - clock.ticks());
      const does = armed.arrive?.(arrival(), LUCK);
      return does && 'waitMs' in does ? does.waitMs : Number.NaN;
    });
  }

  test('a fixed wait grows in a straight line and then stays', () => {
    const fixed = { from: '100ms', to: '2100ms', over: '20s' };
    expect(waitsAt({ fixed }, [0, 5, 10, 20, 60])).toEqual([100, 600, 1100, 2100, 2100]);
  });

  test('it may also wane', () => {
    expect(waitsAt({ fixed: { from: '1s', to: '0ms', over: '10s' } }, [0, 5, 10])).toEqual([1000, 500, 0]);
  });

  test.each([
    [{ fixed: '100ms' }, 100],
    [{ uniform: { min: '0ms', max: '100ms' } }, 50],
    [{ percentiles: { p50: '80ms', p90: '400ms', p99: '2s', max: '9s' } }, 80],
    [{}, 1000],
  ])('a scale multiplies any form: %o', (form, ms) => {
    const scale = { from: 1, to: 5, over: '40s' };
    expect(waitsAt({ ...form, scale }, [0, 10, 20, 40, 50])).toEqual([1, 2, 3, 5, 5].map((factor) => factor * ms));
  });

  test('a ramp that takes no time is at its end', () => {
    expect(waitsAt({ fixed: { from: '1s', to: '2s', over: '0s' } }, [0])).toEqual([2000]);
  });

  test.each([
    [{ fixed: 12 }, /with\.fixed/],
    [{ fixed: { from: '1s', to: 'soon', over: '5s' } }, /with\.fixed\.to.*a duration such as/],
    [{ scale: { from: 1, to: -1, over: '5s' } }, /with\.scale\.to/],
    [{ scale: { from: 1, over: '5s' } }, /with\.scale\.to/],
    [{ fixed: { from: '1s', to: '2s', over: '5s' }, uniform: { min: '1s', max: '2s' } }, /takes only one of/],
  ])('%o cannot be armed', (params, message) => {
    expect(() => checked({ fault: 'latency', with: params })).toThrow(message);
  });
});
