// Several delivery faults on one answer: how they merge, and that any two end as the harsher of both says.
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { probe, requestText } from '../../src/doctor/probe.ts';
import { faultByName } from '../../src/faults/registry.ts';
import { BEFORE_HEAD, type Delivery, ENDINGS, type Ending, harsher } from '../../src/wire/answer/delivery.ts';
import { askList } from '../support/kinds.ts';
import { type OpenUpstream, openUpstream } from '../support/open-upstream.ts';

const reply = { status: 200, headers: [], body: '{}' };

const deliveries: fc.Arbitrary<Delivery> = fc.record({
  reply: fc.constant(reply),
  cutAt: fc.option(fc.integer({ min: BEFORE_HEAD, max: 100 }), { nil: undefined }),
  bytesPerSecond: fc.option(fc.integer({ min: 1, max: 1000 }), { nil: undefined }),
  ending: fc.constantFrom(...ENDINGS),
  lengthOff: fc.option(fc.integer({ min: -20, max: 20 }), { nil: undefined }),
  hints: fc.option(fc.record({ everyMs: fc.integer({ min: 10, max: 1000 }), link: fc.constant('</>; rel=next') }), {
    nil: undefined,
  }),
});

describe('merging', () => {
  test('does not depend on the order', () => {
    fc.assert(
      fc.property(deliveries, deliveries, (a, b) => {
        expect(harsher(a, b)).toEqual(harsher(b, a));
      }),
    );
  });

  test('of three does not depend on which two are merged first', () => {
    fc.assert(
      fc.property(deliveries, deliveries, deliveries, (a, b, c) => {
        expect(harsher(harsher(a, b), c)).toEqual(harsher(a, harsher(b, c)));
      }),
    );
  });

  test('with itself or with what is plain changes nothing', () => {
    fc.assert(
      fc.property(deliveries, (a) => {
        expect(harsher(a, a)).toEqual({ ...a, instead: undefined, also: undefined });
        expect(harsher(a, { reply, ending: 'keep' })).toEqual(harsher(a, a));
      }),
    );
  });

  test('takes the earliest cut, the slowest pace and the harshest ending', () => {
    fc.assert(
      fc.property(deliveries, deliveries, (a, b) => {
        const both = harsher(a, b);
        for (const one of [a, b]) {
          if (one.cutAt !== undefined) expect(both.cutAt).toBeLessThanOrEqual(one.cutAt);
          if (one.bytesPerSecond !== undefined) expect(both.bytesPerSecond).toBeLessThanOrEqual(one.bytesPerSecond);
          expect(ENDINGS.indexOf(both.ending)).toBeGreaterThanOrEqual(ENDINGS.indexOf(one.ending));
        }
      }),
    );
  });
});

describe('on the wire', () => {
  const KINDS = [
    'lost-reply',
    'hang-after-work',
    'slow-body',
    'stall-body',
    'truncated-body',
    'empty-reply',
    'garbage',
    'corrupt-body',
    'wrong-length',
    'early-hints-forever',
    'duplicate-headers',
  ];
  const QUICK: Record<string, Record<string, unknown>> = { 'slow-body': { bytesPerSecond: 40_000 } };
  const SEEN: Record<Ending, string> = { keep: 'open', close: 'fin', reset: 'rst', hang: 'open' };
  const endingOf = (kind: string): Ending => faultByName.get(kind)?.signature.shows.ending ?? 'keep';
  const harshest = (kinds: readonly string[]): Ending =>
    kinds.map(endingOf).reduce((one, other) => (ENDINGS.indexOf(other) > ENDINGS.indexOf(one) ? other : one));

  let upstream: OpenUpstream;
  beforeAll(async () => {
    upstream = await openUpstream();
  });
  afterEach(async () => void (await upstream.heal()));
  afterAll(() => upstream.close());

  /** Lingers, since of two lengths the probe may believe the wrong one. */
  const watch = (forMs: number, linger: boolean | number = true, signal?: AbortSignal) =>
    probe({ port: upstream.port, request: requestText('GET', '/v1/sessions?limit=3'), forMs, linger, signal });

  test('any few of them, in any order, end as the harshest says, and heal leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(KINDS, { minLength: 2, maxLength: 3 }), async (kinds) => {
        upstream.arm(...kinds.map((fault) => ({ fault, with: QUICK[fault] ?? {} })));
        const ending = harshest(kinds);
        const stop = new AbortController();
        const watched = watch(ending === 'keep' ? 150 : 30_000, true, stop.signal);
        if (ending === 'hang') {
          await expect.poll(() => upstream.world.holds.size).toBe(1);
          const { dropped, answered } = await upstream.heal();
          expect(dropped + answered).toBe(1);
          if (!kinds.includes('slow-body')) expect(dropped).toBe(1); // else it may drip yet, and has not hung
          if (dropped === 0) setTimeout(() => stop.abort(), 100);
          expect((await watched).ending === 'rst').toBe(dropped === 1);
        } else {
          expect((await watched).ending).toBe(SEEN[ending]);
          await upstream.heal();
        }
        expect(upstream.world.holds.size).toBe(0);
        expect(await askList(upstream)).toMatchObject({ status: 200, whole: true });
      }),
      { numRuns: 40 },
    );
  });

  test('whatever holds it, `answer` ends the wait: with the whole true answer when nothing of it was out', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .shuffledSubarray(
            KINDS.filter((kind) => kind !== 'duplicate-headers'),
            { minLength: 1, maxLength: 3 },
          )
          .filter((kinds) => harshest(kinds) === 'hang'),
        async (kinds) => {
          upstream.arm(...kinds.map((fault) => ({ fault, with: QUICK[fault] ?? {} })));
          const watched = watch(30_000, false);
          await expect.poll(() => upstream.world.holds.size).toBe(1);
          expect(await upstream.heal('answer')).toEqual({ dropped: 0, answered: 1 });
          const sight = await watched;
          const nothingOut = kinds.some((kind) => faultByName.get(kind)?.signature.shows.answer === 'none');
          if (nothingOut) expect(sight).toMatchObject({ status: 200, whole: true, ending: 'open' });
          else expect(['open', 'fin']).toContain(sight.ending);
          expect(upstream.world.journal.query({ limit: 1 }).data[0]?.ended).not.toBeNull();
        },
      ),
      { numRuns: 25 },
    );
  });

  test.each([
    ['hang-after-work', 'corrupt-body', ['hang-after-work'], 'rst'],
    ['slow-body', 'stall-body', ['slow-body', 'stall-body'], 'whole'],
    ['stall-body', 'slow-body', ['stall-body', 'slow-body'], 'whole'],
    ['slow-body', 'duplicate-headers', ['slow-body'], 'whole'],
  ])('%s before %s is held by %j, and is %s when all rules end', async (first, second, holders, becomes) => {
    upstream.arm(...[first, second].map((fault) => ({ fault, id: fault })));
    const watched = watch(30_000, 100);
    await expect.poll(() => [...upstream.world.holds.countByRule().keys()]).toEqual(holders);
    const whole = becomes === 'whole';
    expect(await upstream.heal()).toEqual(whole ? { dropped: 0, answered: 1 } : { dropped: 1, answered: 0 });
    expect((await watched).ending).toBe(whole ? 'open' : 'rst');
  });
});
