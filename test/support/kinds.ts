// What every kind is held to, whatever it does: its signature on the wire, share 0, heal, latency before it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probe, requestText, type Sight, type WireEnding } from '../../src/doctor/probe.ts';
import { faultByName } from '../../src/faults/registry.ts';
import type { Ending } from '../../src/wire/answer/delivery.ts';
import { type OpenUpstream, openUpstream } from './open-upstream.ts';

/** What never ends is watched for so long. */
export const WATCH_MS = 400;
/** What ends by itself does so within this, also on a machine with much to do. */
export const PATIENT_MS = 30_000;

const SOON = { interval: 2, timeout: PATIENT_MS };

const SEEN_AS: Record<Ending, WireEnding> = { keep: 'open', close: 'fin', reset: 'rst', hang: 'open' };

const LIST = requestText('GET', '/v1/sessions?limit=3');

/** Asks for the list of sessions through a raw socket, until the answer is whole or the connection over. */
export const askList = (upstream: OpenUpstream, forMs = PATIENT_MS): Promise<Sight> =>
  probe({ port: upstream.port, request: LIST, forMs });

/** Asks for the same, and leaves once the request is held. */
export async function leaveHeld({ port, world }: OpenUpstream): Promise<void> {
  const leaving = new AbortController();
  const { size } = world.holds;
  const watched = probe({ port, request: LIST, forMs: PATIENT_MS, signal: leaving.signal });
  await expect.poll(() => world.holds.size).toBe(size + 1);
  leaving.abort();
  await watched;
}

/** Looks until the answer is out or held, and then at what the wire shows within a while. */
export async function watchFor(
  whileMs: number,
  { port, world }: Pick<OpenUpstream, 'port' | 'world'>,
  request = LIST,
): Promise<Sight> {
  const newest = () => world.journal.query({ kind: 'exchange', limit: 1 }).data[0];
  const before = newest()?.seq;
  const stop = new AbortController();
  const watched = probe({ port, request, forMs: PATIENT_MS, linger: true, signal: stop.signal });
  await expect
    .poll(() => newest()?.seq !== before && (newest()?.ended !== null || world.holds.size > 0), SOON)
    .toBe(true);
  setTimeout(() => setImmediate(() => stop.abort()), whileMs); // what has come by then is read first
  return watched;
}

/** How many requests had their work done. */
export const worksDone = ({ world }: OpenUpstream): number =>
  world.journal.query({ kind: 'exchange', limit: 1000 }).data.filter(({ workedAt }) => workedAt !== null).length;

/** How a kind is seen that a list of sessions does not show. */
export interface Shown {
  /** Asks for what shows it. */
  readonly ask?: (upstream: OpenUpstream, forMs: number) => Promise<Sight>;
  /** Counts what was done; unset: by the journal. */
  readonly done?: (upstream: OpenUpstream) => number;
  /** Whether what is asked is a case for it; unset: yes. */
  readonly acts?: boolean;
}

/** Runs the claims that every kind of this issue must keep; `params` make a bare kind quick where it waits. */
export function describeKind(
  name: string,
  params: Record<string, unknown> = {},
  { ask = askList, done: count = worksDone, acts = true }: Shown = {},
): void {
  const fault = faultByName.get(name);
  if (!fault) throw new Error(`no kind ${name}`);
  const { shows } = fault.signature;
  const held = shows.ending === 'hang';
  const endsItself = !held && (shows.ending !== 'keep' || shows.answer === 'whole');
  const look = (upstream: OpenUpstream): Promise<Sight> =>
    endsItself ? ask(upstream, PATIENT_MS) : watchFor(WATCH_MS, upstream);

  describe(`${name}, as every kind`, () => {
    let upstream: OpenUpstream;
    beforeAll(async () => {
      upstream = await openUpstream();
    });
    afterAll(() => upstream.close());

    const arm = (share = 1, before: readonly string[] = []): void =>
      upstream.arm(...before.map((wait) => ({ fault: 'latency', with: { fixed: wait } })), {
        fault: name,
        share,
        with: params,
      });

    test('shows on the wire what its signature says', async () => {
      arm();
      const done = count(upstream);
      const sight = await look(upstream);
      expect(sight.ending).toBe(SEEN_AS[shows.ending]);
      expect(
        {
          none: sight.status === undefined && sight.body === '',
          part: sight.raw !== '' && !sight.whole,
          whole: sight.whole,
          spoilt: true,
        }[shows.answer],
      ).toBe(true);
      if (shows.status !== undefined) expect(sight.status).toBe(shows.status);
      expect(count(upstream) > done).toBe(shows.work);
      await upstream.heal();
    });

    test('a share of 0 never acts', async () => {
      arm(0);
      for (let i = 0; i < 20; i++) expect(await askList(upstream)).toMatchObject({ status: 200, whole: true });
      expect(upstream.world.engine.rules[0]?.counts.acted).toBe(0);
      await upstream.heal();
    });

    test('heal turns it off and lets go of what it held', async () => {
      arm();
      const watched = held ? ask(upstream, PATIENT_MS) : look(upstream);
      if (held) await expect.poll(() => upstream.world.holds.size).toBe(1);
      const { dropped } = await upstream.heal();
      expect(dropped).toBe(held ? 1 : 0);
      if (held) expect((await watched).ending).toBe('rst');
      else await watched;
      expect(await askList(upstream)).toMatchObject({ status: 200, whole: true });
    });

    test('comes after a latency that is in force beside it', async () => {
      arm(1, ['60ms']);
      const began = performance.now();
      const sight = await look(upstream);
      if (!held) expect(performance.now() - began).toBeGreaterThanOrEqual(60);
      if (sight.firstByteMs !== undefined) expect(sight.firstByteMs).toBeGreaterThanOrEqual(60);
      expect(upstream.world.journal.query({ limit: 1 }).data[0]?.hits.map(({ fault: kind }) => kind)).toEqual([
        'latency',
        ...(acts ? [name] : []),
      ]);
      await upstream.heal();
    });
  });
}
