// What journals take of the heap: an untouched one next to nothing, a used one what it says.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { aboutOf } from '../../src/journal/about.ts';
import { ByteBudget } from '../../src/journal/byte-budget.ts';
import type { EntryKind } from '../../src/journal/entry.ts';
import { Journal } from '../../src/journal/journal.ts';
import { newConnection, newEvent, newExchange } from '../../src/journal/new-entry.ts';
import { MANUAL_EPOCH_MS, ManualClock } from '../support/manual-clock.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heapUsed = (): number => {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
};

const WORLDS = 200;
const ENTRIES = 200;

/** Its own strings, as a request brings them. */
const own = (text: string): string => Buffer.from(text).toString();

function exchange(journal: Journal, nth: number, isOrder: boolean): void {
  const at = MANUAL_EPOCH_MS + nth;
  const entry = newExchange({
    ...{
      requestId: own(`r-${nth}`),
      at,
      door: 'main',
      connection: nth,
      remote: own('127.0.0.1'),
      client: 'seller-a',
    },
    ...{ operation: 'listSessions', method: 'GET', url: own(`/v1/sessions?limit=20&page=${nth}`) },
    ...{ idempotencyKey: nth % 10 === 0 ? own(`key-${nth}-of-a-purchase`) : null, attempt: null, traceparent: null },
    about: null,
  });
  journal.open(entry);
  entry.status = 200;
  entry.workedAt = at + 1;
  entry.firstByteAt = at + 2;
  if (isOrder) Object.assign(aboutOf(entry), idsOf(nth));
  journal.close(entry, 'answered', at + 3);
}

/** All that may be said of an order. */
const idsOf = (nth: number) => ({
  ...{ fingerprint: own(`finger-${10_000 + nth}`), externalRef: own(`extern-${10_000 + nth}`) },
  ...{ customer: own(`person-${10_000 + nth}`), session: 's', isReplay: false },
  ...{ reservation: own(`r_session_${10_000_000 + nth}`), order: own(`o_session_${10_000_000 + nth}`) },
});

const KINDS: Readonly<Record<EntryKind | 'order', (journal: Journal, nth: number) => void>> = {
  exchange: (journal, nth) => exchange(journal, nth, false),
  order: (journal, nth) => exchange(journal, nth, true),
  connection(journal, nth) {
    const at = MANUAL_EPOCH_MS + nth;
    const entry = newConnection({ at, door: 'main', connection: nth, remote: own('127.0.0.1') });
    journal.open(entry);
    journal.close(entry, 'reset', at + 1);
  },
  event(journal, nth) {
    const at = MANUAL_EPOCH_MS + nth;
    const ids = { reservation: own(`rsv-0123456789-${nth}`), order: own(`ord-0123456789-${nth}`) };
    const more = { externalRef: own(`extern-${10_000 + nth}`), seats: 2, amount: 3_000_000_000 };
    journal.record(
      newEvent({ at, boxOfficeAt: at + 1, happened: 'ordered', session: 's', client: 'a', ...ids, ...more }),
    );
  },
};

it.each([
  ['exchange', 100_000],
  ['connection', 60_000],
  ['event', 60_000],
  ['order', 160_000],
] as const)(
  'an untouched journal takes at most 5 kB, and one with 200 entries of kind %s no more than it says, and than %i bytes',
  (kind, most) => {
    const [clock, budget] = [new ManualClock(), new ByteBudget(2 ** 30)];
    const journals: Journal[] = [];
    const empty = heapUsed();
    for (let i = 0; i < WORLDS; i++) journals.push(new Journal({ maxEntries: 20_000, budget, clock }));
    const untouched = heapUsed();
    expect((untouched - empty) / WORLDS).toBeLessThan(5_000);
    for (const journal of journals) for (let nth = 0; nth < ENTRIES; nth++) KINDS[kind](journal, nth);
    const said = budget.bytes / WORLDS;
    const used = (heapUsed() - untouched) / WORLDS;
    expect(used).toBeLessThan(said);
    expect(said).toBeLessThan(most);
    for (const journal of journals) journal.discard();
    expect((heapUsed() - empty) / WORLDS).toBeLessThan(5_000);
    expect(journals).toHaveLength(WORLDS); // they are still held
  },
);
