// What every kind that strikes doors or connections is held to: its signature on the wire, share 0, heal, latency beside it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probe, requestText, type Sight } from '../../src/doctor/probe.ts';
import { faultByName } from '../../src/faults/registry.ts';
import { PATIENT_MS, WATCH_MS, worksDone } from './kinds.ts';
import { type OpenUpstream, openUpstream } from './open-upstream.ts';

/** Asks for a list of sessions, until the answer is whole or the connection over; to linger is to see what becomes of the connection behind it. */
export const knock = (
  { port }: Pick<OpenUpstream, 'port'>,
  { forMs = PATIENT_MS, linger = false as boolean | number, headers = {} as Record<string, string> } = {},
): Promise<Sight> => probe({ port, request: requestText('GET', '/v1/sessions?limit=3', headers), forMs, linger });

/** A connection that is kept is still there after this time. */
const LINGER_MS = 150;

export interface Expected {
  /** Parameters that make a bare kind quick where it waits. */
  readonly params?: Record<string, unknown>;
  /** How a connection looks in the end to one that lingers. */
  readonly shows: Partial<Sight>;
  /** Whether heal drops whom it held. */
  readonly holds?: boolean;
}

export function describeConnectionKind(name: string, { params = {}, shows, holds = false }: Expected): void {
  const fault = faultByName.get(name);
  if (!fault) throw new Error(`no kind ${name}`);

  /** What ends is waited for, with and without an end behind a whole answer; what never ends is watched for a while. */
  const open = shows.ending === 'open';
  const endless = (open && !shows.whole) || shows.ending === 'unanswered';
  const look = { forMs: endless ? WATCH_MS : PATIENT_MS, linger: open ? LINGER_MS : true };

  describe(`${name}, as every kind`, () => {
    let upstream: OpenUpstream;
    beforeAll(async () => {
      upstream = await openUpstream();
    });
    afterAll(() => upstream.close());
    const arm = async (share = 1): Promise<void> => {
      upstream.arm({ fault: name, share, with: params });
      await upstream.doors.settled();
    };
    const heal = async () => {
      const released = await upstream.heal();
      await upstream.doors.settled();
      return released;
    };

    test('shows on the wire what its signature says, and does the work or not', async () => {
      await arm();
      const done = worksDone(upstream);
      expect(await knock(upstream, look)).toMatchObject(shows);
      expect(worksDone(upstream) > done).toBe(fault.signature.shows.work);
      await heal();
    });

    test('can be armed bare, and heal truly ends it', async () => {
      upstream.arm({ fault: name });
      await upstream.doors.settled();
      await heal();
      expect(await knock(upstream)).toMatchObject({ status: 200, whole: true, ending: 'open' });
    });

    test('a share of 0 never acts', async () => {
      await arm(0);
      for (let i = 0; i < 10; i++)
        expect(await knock(upstream)).toMatchObject({ status: 200, whole: true, ending: 'open' });
      expect(upstream.world.engine.rules[0]?.counts.acted).toBe(0);
      await heal();
    });

    test('heal lets go of whom it held, and the next are served', async () => {
      await arm();
      const watched = knock(upstream, { forMs: holds ? PATIENT_MS : look.forMs });
      if (holds) await expect.poll(() => upstream.world.holds.size).toBe(1);
      expect((await heal()).dropped).toBe(holds ? 1 : 0);
      if (holds) expect(await watched).toMatchObject({ ending: 'rst', raw: '' });
      expect(await knock(upstream)).toMatchObject({ status: 200, whole: true, ending: 'open' });
    });

    test('a latency beside it keeps its own', async () => {
      upstream.arm({ fault: 'latency', with: { fixed: '60ms' } });
      await arm();
      const sight = await knock(upstream, look);
      expect(sight).toMatchObject(shows);
      if (sight.firstByteMs !== undefined) expect(sight.firstByteMs).toBeGreaterThanOrEqual(60);
      await heal();
    });
  });
}
