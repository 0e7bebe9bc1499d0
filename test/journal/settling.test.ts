// How long a verification waits: until it is right and stays so, or the whole time when only a max is given.
import { describe, expect, test } from 'vitest';
import type { ExchangeEntry } from '../../src/journal/entry.ts';
import { MAX_WAITING } from '../../src/journal/journal.ts';
import { type Verdict, verifyRequest } from '../../src/journal/verify.ts';
import { exchangeEntry } from '../support/entries.ts';
import { createJournal } from '../support/journals.ts';
import { ManualClock } from '../support/manual-clock.ts';

function journalOf(maxEntries = 100, maxBytes = 10_000_000) {
  const clock = new ManualClock();
  const journal = createJournal({ maxEntries, maxBytes, clock });
  const open = (about: Partial<ExchangeEntry> = {}): ExchangeEntry => {
    const entry = exchangeEntry({ at: clock.now(), ...about });
    journal.open(entry);
    return entry;
  };
  const watch = async (request: object) => {
    const seen: { verdict?: Verdict } = {};
    void journal.verify(verifyRequest.parse(request)).then((verdict) => {
      seen.verdict = verdict;
    });
    await clock.settle();
    return seen;
  };
  return { journal, clock, open, watch };
}

describe('an exact count', () => {
  const EXACTLY_ONE = { match: {}, count: { min: 1, max: 1 }, within: '2s' };

  test('is answered once it has been right for 200 ms, and not after the whole time', async () => {
    const { open, watch, clock } = journalOf();
    const seen = await watch(EXACTLY_ONE);
    await clock.advanceAsync(500);
    open();
    await clock.advanceAsync(199);
    expect(seen.verdict).toBeUndefined();
    await clock.advanceAsync(1);
    expect(seen.verdict).toMatchObject({ ok: true, count: 1 });
    expect(clock.pending).toBe(0);
  });

  test('that was right before it was asked settles too', async () => {
    const { open, watch, clock } = journalOf();
    open();
    const seen = await watch(EXACTLY_ONE);
    expect(seen.verdict).toBeUndefined();
    await clock.advanceAsync(200);
    expect(seen.verdict).toMatchObject({ ok: true });
  });

  test('that is passed while it settles is a no at once', async () => {
    const { open, watch, clock } = journalOf();
    const seen = await watch(EXACTLY_ONE);
    open();
    await clock.advanceAsync(100);
    open();
    await clock.settle();
    expect(seen.verdict).toMatchObject({ ok: false, count: 2 });
  });

  test('that ceases to be right begins to settle anew', async () => {
    const { open, watch, clock, journal } = journalOf();
    const match = { ended: 'open' };
    const seen = await watch({ ...EXACTLY_ONE, match, settle: '300ms' });
    const first = open();
    await clock.advanceAsync(299);
    journal.close(first, 'answered', clock.now());
    await clock.advanceAsync(200);
    open();
    await clock.advanceAsync(299);
    expect(seen.verdict).toBeUndefined();
    await clock.advanceAsync(1);
    expect(seen.verdict).toMatchObject({ ok: true, count: 1 });
  });

  test('that comes right too late to settle is right at the end of the time', async () => {
    const { open, watch, clock } = journalOf();
    const seen = await watch(EXACTLY_ONE);
    await clock.advanceAsync(1950);
    open();
    await clock.advanceAsync(50);
    expect(seen.verdict).toMatchObject({ ok: true, count: 1 });
  });
});

describe('a min alone', () => {
  test('settles only when it is asked to', async () => {
    const { open, watch, clock } = journalOf();
    const at = await watch({ count: { min: 1 }, within: '2s' });
    const later = await watch({ count: { min: 1 }, within: '2s', settle: '1s' });
    open();
    await clock.settle();
    expect([at.verdict?.ok, later.verdict]).toEqual([true, undefined]);
    await clock.advanceAsync(1000);
    expect(later.verdict?.ok).toBe(true);
  });
});

test('a max is passed for good only by what can no longer cease to match', async () => {
  const { open, watch, clock, journal } = journalOf();
  const seen = await watch({ match: { ended: 'open' }, count: { max: 0 }, within: '1s' });
  const entry = open();
  await clock.settle();
  expect(seen.verdict).toBeUndefined();
  journal.close(entry, 'answered', clock.now());
  await clock.advanceAsync(1000);
  expect(seen.verdict).toMatchObject({ ok: true, count: 0 });
});

test.each([
  [{ count: {} }],
  [{ count: { min: 0 } }],
  [{ settle: '1s' }],
  [{ settle: '2s', within: '1s' }],
  [{ settle: '1s', within: '2s', count: { max: 1 } }],
])('%j asks for nothing that can fail, or settles in vain: refused', (request) => {
  expect(verifyRequest.safeParse(request).success).toBe(false);
});

describe('the answer', () => {
  test('tells the exchanges that may still match, and none that cannot', async () => {
    const { open, journal } = journalOf();
    open({ operation: 'completeOrder' });
    open({ operation: 'completeOrder', status: 200 });
    open({ operation: 'listSessions' });
    journal.close(open({ operation: 'completeOrder' }), 'reset', 1);
    const verify = (match: object) => journal.verify(verifyRequest.parse({ match, count: { max: 0 } }));
    expect(await verify({ operation: 'completeOrder', status: 503 })).toMatchObject({ ok: true, open: 1 });
    expect(await verify({ operation: 'completeOrder', ended: 'reset' })).toMatchObject({ ok: false, open: 2 });
    expect(await verify({ rule: 'a/0' })).toMatchObject({ ok: true, open: 3 });
    expect(await verify({ client: 'nobody' })).toMatchObject({ ok: true, open: 0 });
  });
});

describe('while entries make room', () => {
  test('a match that goes is counted no longer, and its place counts for another', async () => {
    const { open, watch, clock } = journalOf(4);
    const seen = await watch({ match: { client: 'b' }, count: { min: 3 }, within: '5s' });
    open({ client: 'b' });
    open({ client: 'b' });
    for (let i = 0; i < 3; i++) open({ client: 'a' });
    open({ client: 'b' });
    open({ client: 'b' });
    await clock.settle();
    expect(seen.verdict).toBeUndefined();
    open({ client: 'b' });
    await clock.settle();
    expect(seen.verdict).toMatchObject({ ok: true, count: 3 });
  });

  test('one that changes after it has gone touches nobody else’s place', async () => {
    const { open, watch, clock, journal } = journalOf(2);
    const old = open({ client: 'b' });
    const seen = await watch({ match: { client: 'b', ended: 'answered' }, count: { min: 1 }, within: '5s' });
    for (let i = 0; i < 3; i++) open({ client: 'a' });
    journal.close(old, 'answered', clock.now());
    await clock.advanceAsync(5000);
    expect(seen.verdict).toMatchObject({ ok: false, count: 0 });
  });

  test('clear leaves nothing to count', async () => {
    const { open, watch, clock, journal } = journalOf();
    const seen = await watch({ count: { min: 2 }, within: '5s' });
    open();
    journal.clear();
    open();
    await clock.advanceAsync(5000);
    expect(seen.verdict).toMatchObject({ ok: false, count: 1 });
  });
});

test('as many as may wait at once take a bit for each entry, not an object', async () => {
  const entries = 100_000;
  const { open, watch } = journalOf(entries, 1e9);
  for (let i = 0; i < entries; i++) open();
  const before = process.memoryUsage();
  for (let i = 0; i < MAX_WAITING; i++) await watch({ count: { max: entries * 2 }, within: '1s' });
  const after = process.memoryUsage();
  const grown = after.arrayBuffers - before.arrayBuffers;
  expect(grown).toBeLessThan((2 * MAX_WAITING * entries) / 8);
});
