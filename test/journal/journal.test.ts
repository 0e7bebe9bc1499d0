// The journal: what is kept, for how long, and how it is asked.
import { describe, expect, test } from 'vitest';
import type { ExchangeEntry, JournalEntry } from '../../src/journal/entry.ts';
import { journalFilter } from '../../src/journal/query.ts';
import { exchangeEntry } from '../support/entries.ts';
import { createJournal } from '../support/journals.ts';
import { MANUAL_EPOCH_MS, ManualClock } from '../support/manual-clock.ts';

function journalOf({ maxEntries = 100, maxBytes = 10_000_000 } = {}) {
  const failures: unknown[] = [];
  const clock = new ManualClock();
  const journal = createJournal({ maxEntries, maxBytes, clock, failed: (error) => failures.push(error) });
  const open = (about: Partial<ExchangeEntry> = {}): ExchangeEntry => {
    const entry = exchangeEntry({ at: clock.now(), ...about });
    journal.open(entry);
    return entry;
  };
  const ask = (filter: object = {}) => journal.query(journalFilter.parse(filter));
  return { journal, clock, open, ask, failures };
}
const seqs = (entries: readonly JournalEntry[]): number[] => entries.map(({ seq }) => seq);

describe('opening and closing', () => {
  test('an entry is there from its arrival and says that it has not ended', () => {
    const { open, ask, journal } = journalOf();
    const entry = open();
    expect(ask().data).toEqual([entry]);
    expect(entry).toMatchObject({ seq: 1, ended: null });
    expect(journal.stats).toMatchObject({ entries: 1, open: 1 });
  });

  test('only the first close counts', () => {
    const { open, journal } = journalOf();
    const heard: JournalEntry[] = [];
    journal.closed.subscribe((entry) => heard.push(entry));
    const entry = open();
    journal.close(entry, 'client-left', 5);
    journal.close(entry, 'answered', 9);
    expect(entry).toMatchObject({ ended: 'client-left', endedAt: 5 });
    expect(heard).toEqual([entry]);
    expect(journal.stats.open).toBe(0);
  });

  test('closing what was never opened changes nothing', () => {
    const { journal } = journalOf();
    journal.close(exchangeEntry(), 'answered', 1);
    expect(journal.stats).toMatchObject({ entries: 0, open: 0 });
  });

  test('a listener that fails does not reach who closes', () => {
    const { open, journal, failures } = journalOf();
    journal.closed.subscribe(() => {
      throw new Error('listener');
    });
    expect(() => journal.close(open(), 'answered', 1)).not.toThrow();
    expect(failures).toHaveLength(1);
  });
});

describe('bounds', () => {
  test('the oldest entries make room, and their number is told', () => {
    const { open, ask, journal } = journalOf({ maxEntries: 3 });
    for (let i = 0; i < 5; i++) open();
    expect(seqs(ask().data)).toEqual([5, 4, 3]);
    expect(journal.stats).toMatchObject({ entries: 3, evicted: 2 });
  });

  test('bytes are bounded too, and come back to zero', () => {
    const { open, journal } = journalOf({ maxBytes: 10_000 });
    for (let i = 0; i < 50; i++) open({ url: `/v1/sessions?film=${'x'.repeat(1000)}` });
    expect(journal.stats.entries).toBeLessThan(10);
    expect(journal.stats.bytes).toBeLessThanOrEqual(10_000);
    journal.clear();
    expect(journal.stats).toMatchObject({ entries: 0, bytes: 0, oldestAt: null });
  });

  test('draws that come to an entry are counted when it closes', () => {
    const { open, journal } = journalOf();
    const entry = open();
    const before = journal.stats.bytes;
    entry.hits = [{ rule: 'a/0', fault: 'hang', draw: 0 }];
    journal.close(entry, 'reset', 1);
    expect(journal.stats.bytes).toBeGreaterThan(before);
  });

  test('the newest entry stays even when it alone is too large', () => {
    const { open, journal } = journalOf({ maxBytes: 1000 });
    open();
    open({ url: 'x'.repeat(5000) });
    expect(journal.stats.entries).toBe(1);
  });

  test('an entry evicted while open still counts as open until it is closed', () => {
    const { open, journal } = journalOf({ maxEntries: 1 });
    const first = open();
    open();
    expect(journal.stats).toMatchObject({ entries: 1, open: 2 });
    journal.close(first, 'answered', 1);
    expect(journal.stats).toMatchObject({ entries: 1, open: 1 });
  });

  test('clear forgets everything, and open exchanges may end afterwards', () => {
    const { open, ask, journal } = journalOf();
    const entry = open();
    open();
    expect(journal.clear()).toBe(2);
    journal.close(entry, 'answered', 1);
    expect(ask().data).toEqual([]);
    expect(journal.stats).toMatchObject({ entries: 0, open: 1, bytes: 0 });
    expect(seqs([open()])).toEqual([3]);
  });
});

describe('asking', () => {
  test('filters combine', () => {
    const { open, ask } = journalOf();
    const hits = [{ rule: 'storm/0', fault: 'error-status', draw: 0.1 }];
    const wanted = open({ client: 'seller-b', operation: 'createOrder', status: 503, hits });
    open({ client: 'seller-b', operation: 'createOrder', status: 201 });
    open({ client: 'seller-a', operation: 'createOrder', status: 503, hits });
    expect(ask({ client: 'seller-b', operation: 'createOrder', status: 503, rule: 'storm/0' }).data).toEqual([wanted]);
  });

  test('a status is a number, a class, or none once it ended without an answer', () => {
    const { open, ask, journal } = journalOf();
    open({ status: 503 });
    open({ status: 404 });
    const hung = open();
    expect(seqs(ask({ status: '503' }).data)).toEqual([1]);
    expect(seqs(ask({ status: '4xx' }).data)).toEqual([2]);
    expect(ask({ status: 'none' }).data).toEqual([]);
    journal.close(hung, 'client-left', 1);
    expect(seqs(ask({ status: 'none' }).data)).toEqual([3]);
  });

  test('open finds what has not ended', () => {
    const { open, ask, journal } = journalOf();
    journal.close(open(), 'answered', 1);
    open();
    expect(seqs(ask({ ended: 'open' }).data)).toEqual([2]);
    expect(seqs(ask({ ended: 'answered' }).data)).toEqual([1]);
  });

  test.each([
    [new Date(MANUAL_EPOCH_MS + 1000).toISOString()],
    [MANUAL_EPOCH_MS + 1000],
    [String(MANUAL_EPOCH_MS + 1000)],
  ])('since takes %s and includes that moment', (since) => {
    const { open, ask, clock } = journalOf();
    open();
    clock.advance(1000);
    open();
    expect(seqs(ask({ since }).data)).toEqual([2]);
  });

  test('a request is found by its id, also once its entry is packed', () => {
    const { open, ask, journal } = journalOf();
    open({ requestId: 'one' });
    journal.close(open({ requestId: 'other', status: 200 }), 'answered', MANUAL_EPOCH_MS + 5);
    expect(seqs(ask({ requestId: 'one' }).data)).toEqual([1]);
    expect(seqs(ask({ requestId: 'other' }).data)).toEqual([2]);
  });

  test('no more than the last so many entries are looked through, also below a cursor', () => {
    const { open, ask } = journalOf();
    for (const client of ['a', 'b', 'a', 'b', 'b']) open({ client });
    expect(seqs(ask({ client: 'a', last: 2 }).data)).toEqual([]);
    expect(seqs(ask({ client: 'a', last: '3' }).data)).toEqual([3]);
    expect(seqs(ask({ cursor: 4, last: 2 }).data)).toEqual([3, 2]);
    expect(ask({ last: 2, limit: 2 }).nextCursor).toBeNull();
  });

  test('pages go on where the last one ended, whatever arrived since', () => {
    const { open, ask } = journalOf();
    for (let i = 0; i < 5; i++) open();
    const first = ask({ limit: 2 });
    open();
    const second = ask({ limit: '2', cursor: first.nextCursor });
    const third = ask({ limit: 2, cursor: second.nextCursor });
    expect([first, second, third].map(({ data }) => seqs(data))).toEqual([[5, 4], [3, 2], [1]]);
    expect(third.nextCursor).toBeNull();
  });

  test('a full last page has no next one', () => {
    const { open, ask } = journalOf();
    open();
    open();
    expect(ask({ limit: 2 }).nextCursor).toBeNull();
  });

  test.each([
    { limit: 0 },
    { limit: 1001 },
    { status: '6xx' },
    { ended: 'gone' },
    { since: 'yesterday' },
    { cursor: 'x' },
    { last: 0 },
    { colour: 'red' },
  ])('refuses %j', (filter) => {
    expect(journalFilter.safeParse(filter).success).toBe(false);
  });
});
