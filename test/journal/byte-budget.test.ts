// One budget of bytes for many journals: who gives up when it is spent, and what is told of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteBudget } from '../../src/journal/byte-budget.ts';
import { Journal } from '../../src/journal/journal.ts';
import { verifyRequest } from '../../src/journal/verify.ts';
import { eventEntry, exchangeEntry } from '../support/entries.ts';
import { MANUAL_EPOCH_MS, ManualClock } from '../support/manual-clock.ts';

const clock = new ManualClock();
const journalIn = (budget: ByteBudget): Journal => new Journal({ maxEntries: 1000, budget, clock });
const fill = (journal: Journal, count: number): void => {
  for (let i = 0; i < count; i++) journal.open(exchangeEntry());
};
const kept = (journals: readonly Journal[]): number[] => journals.map(({ stats }) => stats.entries);
const ENTRY = (() => {
  const budget = new ByteBudget(1_000_000);
  fill(journalIn(budget), 1);
  return budget.bytes;
})();

describe('a budget that is spent', () => {
  it('takes from the journal that holds most, whoever asked for more', async () => {
    const budget = new ByteBudget(10 * ENTRY);
    const [large, small] = [journalIn(budget), journalIn(budget)];
    fill(large, 10);
    fill(small, 4);
    expect(kept([large, small])).toEqual([6, 4]);
    expect(large.stats.evicted).toBe(4);
    expect(small.stats.evicted).toBe(0);
    const both = verifyRequest.parse({ count: { min: 1, max: 8 } });
    expect(await large.verify(both)).toMatchObject({ ok: false, code: 'evidence_evicted', evicted: 4 });
    expect(await small.verify(both)).toMatchObject({ ok: true, count: 4 });
  });

  it('leaves every journal the same share once all want more', () => {
    const budget = new ByteBudget(100 * ENTRY);
    const journals = Array.from({ length: 10 }, () => journalIn(budget));
    for (const journal of journals) fill(journal, 50);
    expect(kept(journals)).toEqual(journals.map(() => 10));
  });

  it('keeps the newest entry even when it alone is too large, and nothing beside it', () => {
    const budget = new ByteBudget(4 * ENTRY);
    const [one, other] = [journalIn(budget), journalIn(budget)];
    fill(one, 2);
    fill(other, 1);
    other.open(exchangeEntry({ url: 'x'.repeat(10 * ENTRY) }));
    expect(kept([one, other])).toEqual([0, 1]);
  });

  it('takes events before exchanges when they hold more, and is given back all when a journal is discarded', () => {
    const budget = new ByteBudget(10 * ENTRY);
    const journal = journalIn(budget);
    fill(journal, 3);
    for (let i = 0; i < 100; i++)
      journal.record(
        eventEntry({
          ...{ at: MANUAL_EPOCH_MS, boxOfficeAt: 0, happened: 'reserved', session: 's', client: 'a' },
          ...{ reservation: `r-${i}`, order: null },
        }),
      );
    expect(journal.stats).toMatchObject({ entries: 3, evicted: 0 });
    expect(budget.bytes).toBe(journal.stats.bytes);
    expect(budget.bytes).toBeLessThanOrEqual(10 * ENTRY);
    journal.discard();
    expect([budget.bytes, budget.holders]).toEqual([0, 0]);
  });
});

it('a discarded journal keeps nothing, and what was open in it still ends', () => {
  const budget = new ByteBudget(10 * ENTRY);
  const journal = journalIn(budget);
  const heard: unknown[] = [];
  journal.closed.subscribe((entry) => heard.push(entry));
  const [before, after] = [exchangeEntry(), exchangeEntry()];
  journal.open(before);
  journal.discard();
  journal.open(after);
  for (const entry of [before, after]) journal.close(entry, 'dropped', 1);
  expect(heard).toEqual([before]);
  expect([budget.bytes, journal.stats.open, journal.stats.entries]).toEqual([0, 0, 0]);
});

it('verifications that wait in a journal that is discarded end with its error, or else with what was seen', async () => {
  const journals = [journalIn(new ByteBudget(10 * ENTRY)), journalIn(new ByteBudget(10 * ENTRY))] as const;
  const request = verifyRequest.parse({ count: { min: 2 }, within: '1m' });
  fill(journals[1], 1);
  const waiting = journals.map((journal) => journal.verify(request));
  journals[0].discard(new Error('the world is gone'));
  journals[1].discard();
  await expect(waiting[0]).rejects.toThrow('the world is gone');
  expect(await waiting[1]).toMatchObject({ ok: false, code: 'verification_failed', count: 1 });
});

const step = fc.record({
  journal: fc.nat(4),
  does: fc.constantFrom('open', 'open', 'open', 'open', 'grow', 'clear'),
  size: fc.nat(3000),
});

it('after any history the bytes are those of all entries, and within the budget but for one entry', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.array(step, { maxLength: 120 }), (maxBytes, steps) => {
      const budget = new ByteBudget(maxBytes);
      const journals = Array.from({ length: 5 }, () => journalIn(budget));
      for (const { journal: which, does, size } of steps) {
        const journal = journals[which] as Journal;
        if (does === 'open') journal.open(exchangeEntry({ url: 'x'.repeat(size) }));
        else if (does === 'clear') journal.clear();
        else {
          const [oldest] = journal.query({ limit: 1000 }).data.toReversed();
          if (!oldest) continue;
          oldest.spared = Array.from({ length: size % 9 }, () => ({ rule: 'r', fault: 'f', draw: 0 }));
          journal.close(oldest, 'answered', 1);
        }
        const stats = journals.map((one) => one.stats);
        const entries = stats.reduce((sum, one) => sum + one.entries, 0);
        expect(budget.bytes).toBe(stats.reduce((sum, one) => sum + one.bytes, 0));
        expect(budget.holders).toBe(stats.filter((one) => one.entries > 0).length);
        expect(entries <= 1 || budget.bytes <= maxBytes).toBe(true);
        expect(stats.every((one) => one.entries > 0 === one.bytes > 0)).toBe(true);
      }
    }),
  );
});
