// Entries that are packed: read again they are as they were, and one that changes after its end is kept as it became.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type About, aboutOf } from '../../src/journal/about.ts';
import { ByteBudget } from '../../src/journal/byte-budget.ts';
import { ENDS, type ExchangeEntry, HAPPENINGS } from '../../src/journal/entry.ts';
import { Journal } from '../../src/journal/journal.ts';
import { newEvent, newExchange } from '../../src/journal/new-entry.ts';
import { exchangeEntry } from '../support/entries.ts';
import { MANUAL_EPOCH_MS, ManualClock } from '../support/manual-clock.ts';

const newJournal = (): Journal =>
  new Journal({ maxEntries: 1000, budget: new ByteBudget(1_000_000), clock: new ManualClock() });

const few = fc.constantFrom('a', 'b', 'c');
const orNull = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { freq: 3 });
/** Whole as a rule, near and far, before and after. */
const moment = fc.oneof(
  fc.integer({ min: 0, max: 1200 }),
  fc.integer(),
  fc.double({ noNaN: true, min: -1e12, max: 1e12 }),
);
const bytes = fc.oneof(fc.nat(5000), fc.nat(2 ** 31));
const head = fc.record({
  ...{ requestId: fc.string(), at: moment, door: few, connection: fc.nat(), remote: few, client: few, operation: few },
  ...{ method: few, url: fc.oneof(few, fc.string()), idempotencyKey: orNull(fc.string()), attempt: orNull(fc.nat(9)) },
  traceparent: orNull(fc.string()),
  about: orNull(
    fc.record({
      ...{ fingerprint: orNull(few), invocation: orNull(few), code: orNull(few), retryAfterMs: orNull(fc.nat()) },
      ...{ isWrongType: fc.boolean(), isConditional: fc.boolean(), isReplay: fc.boolean() },
      ...{ session: orNull(few), reservation: orNull(few), order: orNull(few) },
      ...{ externalRef: orNull(few), customer: orNull(few) },
      body: fc.option(
        fc.record({ type: orNull(few), hash: few, json: orNull(fc.string()), isTruncated: fc.boolean() }),
        { nil: undefined },
      ),
    }),
  ),
});
const rest = fc.record({
  ...{ bytesIn: bytes, bytesOut: bytes, status: orNull(fc.integer({ min: 100, max: 999 })) },
  ...{ workedAt: orNull(moment), firstByteAt: orNull(moment), finAt: fc.option(moment, { freq: 9 }) },
});
const end = fc.record({ ended: fc.constantFrom('answered', 'answered', 'answered', ...ENDS), after: moment });

it('an exchange that has ended is read as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(head, rest, end), { maxLength: 80 }), (exchanges) => {
      const journal = newJournal();
      const meant = exchanges.map(([begun, was, { ended, after }]) => {
        const entry = Object.assign(newExchange({ ...begun, at: MANUAL_EPOCH_MS + begun.at }), since(begun.at, was));
        journal.open(entry);
        journal.close(entry, ended, entry.at + after);
        return { ...entry };
      });
      expect(journal.query({ limit: 1000 }).data.toReversed()).toEqual(meant);
    }),
  );
});

/** Times from an arrival on. */
function since(at: number, was: Pick<ExchangeEntry, 'workedAt' | 'firstByteAt' | 'finAt'> & Partial<ExchangeEntry>) {
  const moved = (after: number | null): number | null => (after === null ? null : MANUAL_EPOCH_MS + at + after);
  return { ...was, workedAt: moved(was.workedAt), firstByteAt: moved(was.firstByteAt), finAt: moved(was.finAt) };
}

const happened = fc.record({
  ...{ at: moment, happened: fc.constantFrom(...HAPPENINGS), boxOfficeAt: moment, session: few, client: few },
  ...{ reservation: fc.string(), order: orNull(fc.string()), externalRef: orNull(few) },
  ...{ seats: fc.nat(10), amount: orNull(fc.nat()) },
});

it('an event is read as it was told', () => {
  fc.assert(
    fc.property(fc.array(happened, { maxLength: 80 }), (events) => {
      const journal = newJournal();
      for (const event of events) journal.record(newEvent({ ...event, at: MANUAL_EPOCH_MS + event.at }));
      const told = journal.query({ limit: 1000, kind: 'event' }).data.toReversed();
      expect(told).toEqual(
        events.map((event, index) => newEventOf({ ...event, at: MANUAL_EPOCH_MS + event.at }, index + 1)),
      );
    }),
  );
});

const newEventOf = (event: Parameters<typeof newEvent>[0], seq: number) => ({ ...newEvent(event), seq });

it('an exchange that changes after its answer is kept as it became, and so is its size', () => {
  const journal = newJournal();
  const entry = exchangeEntry({ status: 200 });
  journal.open(entry);
  journal.close(entry, 'answered', entry.at + 5);
  const small = journal.stats.bytes;
  expect(journal.query({ limit: 1 }).data[0]).not.toBe(entry);
  entry.hits = [{ rule: 'late', fault: 'latency', draw: 0 }];
  journal.changed(entry);
  expect(journal.query({ limit: 1, rule: 'late' }).data[0]).toBe(entry);
  expect(journal.stats.bytes).toBeGreaterThan(small);
});

it('what is filled in while it is open is counted once it is packed, and a conditional read takes nothing more', () => {
  const bytesWith = (about: Partial<About> | null): number => {
    const journal = newJournal();
    const entry = exchangeEntry({ status: 200 });
    journal.open(entry);
    if (about) Object.assign(aboutOf(entry), about);
    journal.close(entry, 'answered', entry.at + 5);
    const [kept] = journal.query({ limit: 1 }).data;
    expect(kept).toEqual(entry);
    expect(kept).not.toBe(entry);
    return journal.stats.bytes;
  };
  const plain = bytesWith(null);
  expect(bytesWith({ isConditional: true })).toBe(plain);
  const more = { isConditional: true, order: 'o_s1_0123abcd' };
  expect(bytesWith(more)).toBeGreaterThan(plain + more.order.length);
});
