// What holds for the journal whatever happens to it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathFits } from '../../src/base/path-glob.ts';
import type { ExchangeEntry } from '../../src/journal/entry.ts';
import { journalFilter } from '../../src/journal/query.ts';
import { judge } from '../../src/journal/verify.ts';
import { exchangeEntry } from '../support/entries.ts';
import { createJournal } from '../support/journals.ts';
import { ManualClock } from '../support/manual-clock.ts';

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('open' as const), size: fc.nat(3000) }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('close' as const), which: fc.nat(40), draws: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('clear' as const) }) },
);

test('counts and bounds are right after any history', () => {
  const options = fc.record({
    maxEntries: fc.integer({ min: 1, max: 12 }),
    maxBytes: fc.integer({ min: 1, max: 20_000 }),
  });
  fc.assert(
    fc.property(options, fc.array(step, { maxLength: 80 }), (bounds, steps) => {
      const journal = createJournal({ ...bounds, clock: new ManualClock() });
      const all: ExchangeEntry[] = [];
      let cleared = 0;
      for (const next of steps) {
        if (next.does === 'open') {
          all.push(exchangeEntry({ url: 'x'.repeat(next.size) }));
          journal.open(all.at(-1) as ExchangeEntry);
        } else if (next.does === 'clear') {
          journal.clear();
          cleared = all.length;
        } else if (all.length > 0) {
          const entry = all[next.which % all.length] as ExchangeEntry;
          if (entry.ended === null)
            entry.spared = Array.from({ length: next.draws }, () => ({ rule: 'r', fault: 'f', draw: 0 }));
          journal.close(entry, 'answered', 1);
        }
      }
      const { data } = journal.query(journalFilter.parse({ limit: 1000 }));
      const { entries, open, bytes, evicted } = journal.stats;
      expect(open).toBe(all.filter(({ ended }) => ended === null).length);
      expect(data).toEqual(all.slice(all.length - entries).reverse());
      expect([...journal.oldestFirst('arrival')]).toEqual(all.slice(all.length - entries));
      expect(entries).toBeLessThanOrEqual(Math.min(bounds.maxEntries, all.length - cleared));
      expect(entries + journal.evictedSinceClear).toBe(all.length - cleared);
      expect(evicted).toBeGreaterThanOrEqual(journal.evictedSinceClear);
      expect(entries === 0 ? bytes === 0 : bytes > 0).toBe(true);
      expect(entries <= 1 || bytes <= bounds.maxBytes).toBe(true);
    }),
  );
});

test('from the oldest on each entry is seen once and while it is kept, and none that came meanwhile', () => {
  const meanwhile = fc.array(fc.constantFrom('arrives' as const, 'is cleared' as const, 'nothing' as const), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(fc.nat(12), fc.integer({ min: 1, max: 12 }), meanwhile, (before, maxEntries, events) => {
      const journal = createJournal({ maxEntries, maxBytes: 1_000_000, clock: new ManualClock() });
      for (let count = 0; count < before; count++) journal.open(exchangeEntry());
      const kept = [...journal.oldestFirst('arrival')].map(({ seq }) => seq);
      const seen: number[] = [];
      const next = events[Symbol.iterator]();
      for (const { seq } of journal.oldestFirst('arrival')) {
        const oldest = [...journal.oldestFirst('arrival')][0]?.seq;
        expect(oldest).toBeLessThanOrEqual(seq);
        seen.push(seq);
        const happens = next.next().value;
        if (happens === 'arrives') journal.open(exchangeEntry());
        if (happens === 'is cleared') journal.clear();
      }
      expect(seen).toEqual(kept.filter((seq) => seen.includes(seq)));
      if (!events.includes('is cleared') && !events.includes('arrives')) expect(seen).toEqual(kept);
    }),
  );
});

test('a certain verdict stays certain whatever the evicted entries were', () => {
  const range = fc
    .record({ min: fc.nat(8), max: fc.nat(8) }, { requiredKeys: [] })
    .filter(({ min = 0, max = 8 }) => min <= max);
  fc.assert(
    fc.property(range, fc.nat(8), fc.nat(8), fc.nat(8), (count, seen, evicted, chosen) => {
      const truth = judge(seen + (evicted === 0 ? 0 : chosen % (evicted + 1)), 0, count);
      const said = judge(seen, evicted, count);
      if (said !== 'unsure') expect(truth).toBe(said);
    }),
    { numRuns: 2000 },
  );
});

test('globs agree with the regular expression they stand for', () => {
  const text = (letters: readonly string[]) =>
    fc.array(fc.constantFrom(...letters), { maxLength: 9 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text(['a', 'b', '/', '*', '**']), text(['a', 'b', '/']), (pattern, path) => {
      const source = pattern
        .split(/(\*\*|\*)/)
        .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part))
        .join('');
      expect(pathFits(pattern, path)).toBe(new RegExp(`^${source}$`).test(path));
    }),
    { numRuns: 2000 },
  );
});
