// The record of what came over the doors, opened at arrival and closed once, and of what the box office said; asked afterwards.
import type { Clock } from '../base/clock.ts';
import { Refusal } from '../base/refusal.ts';
import { createTopic, type Topic } from '../base/topic.ts';
import { aboutOf } from './about.ts';
import type { ByteBudget } from './byte-budget.ts';
import { type Criterion, criteriaOf } from './criteria.ts';
import type { ArrivalEntry, End, EntryKind, EntryOf, EventEntry, ExchangeEntry, JournalEntry } from './entry.ts';
import { PACKED_EVENTS } from './packed-events.ts';
import { PackedExchanges } from './packed-exchanges.ts';
import { type JournalPage, Page } from './page.ts';
import type { JournalFilter } from './query.ts';
import { Ring } from './ring.ts';
import type { SentBody } from './sent-body.ts';
import { survey } from './survey.ts';
import type { Verdict, VerifyRequest } from './verify.ts';
import { answerVerification, type Evidence } from './verifying.ts';
import type { WaitingWatcher } from './wait.ts';

/** Verifications that may wait at the same time; each costs every exchange a little. */
export const MAX_WAITING = 64;

export interface JournalOptions {
  /** Exchanges and struck connections kept, and as many events: 1 to 1,000,000. */
  readonly maxEntries: number;
  /** Of the estimated bytes that are kept; others may live of it too. */
  readonly budget: ByteBudget;
  readonly clock: Clock;
  /** Bodies of requests are kept too, as far as they may be shown. */
  readonly keepsBodies?: boolean;
  /** Told of failures of those who listen. */
  readonly failed?: (error: unknown) => void;
}

/** Entries of a kind, or of those that are listed unless one is asked for. */
export type JournalQuestion<Kind extends EntryKind | undefined> = JournalFilter & { readonly kind?: Kind };

export interface JournalStats {
  /** Exchanges and struck connections. */
  readonly entries: number;
  /** Events, which are kept apart. */
  readonly events: number;
  /** Exchanges that have not ended, whether or not their entry is still kept. */
  readonly open: number;
  /** Of all entries. */
  readonly bytes: number;
  /** Exchanges and struck connections pushed out since the start. */
  readonly evicted: number;
  /** Arrival of the oldest entry kept, epoch ms. */
  readonly oldestAt: number | null;
}

export class Journal {
  /** Every exchange and struck connection as it is taken in. */
  readonly opened: Topic<ArrivalEntry>;
  /** Every exchange that has ended, once. */
  readonly closed: Topic<ArrivalEntry>;
  /** Exchanges whose work was done after they had ended. */
  readonly workedLate: Topic<ExchangeEntry>;
  /** Every event, as it is taken in. */
  readonly told: Topic<EventEntry>;
  readonly keepsBodies: boolean;
  readonly #clock: Clock;
  readonly #ring: Ring<ArrivalEntry>;
  /** Apart, so that events crowd out no exchange. */
  readonly #events: Ring<EventEntry>;
  readonly #watchers = new Set<WaitingWatcher>();
  #waiting = 0;
  #open = 0;
  #isDiscarded = false;

  constructor({ maxEntries, budget, clock, keepsBodies = false, failed }: JournalOptions) {
    this.keepsBodies = keepsBodies;
    this.#clock = clock;
    const tellEvicted = (seq: number): void => {
      for (const watcher of this.#watchers) watcher.drop(seq);
    };
    this.#ring = new Ring<ArrivalEntry>({ maxEntries, budget, packing: new PackedExchanges(), tellEvicted });
    this.#events = new Ring({ maxEntries, budget, packing: PACKED_EVENTS });
    this.opened = createTopic(failed);
    this.closed = createTopic(failed);
    this.workedLate = createTopic(failed);
    this.told = createTopic(failed);
  }

  /** Takes in an exchange at its arrival and gives it its `seq`; the oldest makes room, open or not. */
  open(entry: ArrivalEntry): void {
    if (this.#isDiscarded) return;
    this.#ring.append(entry);
    if (entry.kind === 'exchange') this.#open++; // a connection is no request
    if (this.#watchers.size > 0) this.#tell(entry);
    if (this.opened.listeners > 0) this.opened.publish(entry);
  }

  /** Takes in what the box office said, and gives it its `seq`. */
  record(event: EventEntry): void {
    if (this.#isDiscarded) return;
    this.#events.append(event);
    this.#events.pack(event);
    if (this.told.listeners > 0) this.told.publish(event);
  }

  /** Says that something about an entry is now known, as which rules hit it, to verifications that wait for it. */
  changed(entry: ArrivalEntry): void {
    if (entry.ended !== null) this.#ring.resize(entry); // its work came after its client had left
    if (this.#watchers.size > 0) this.#tell(entry);
  }

  /** Writes down what it carried; unlike all else that is known of it, that may be large. */
  keepBody(entry: ExchangeEntry, body: SentBody): void {
    aboutOf(entry).body = body;
    this.#ring.resize(entry);
    if (this.#watchers.size > 0) this.#tell(entry);
  }

  /** Writes down that its work is done, perhaps after its client has left. */
  worked(entry: ExchangeEntry, at: number): void {
    entry.workedAt = at;
    if (entry.ended === null) return;
    this.#ring.resize(entry);
    if (this.workedLate.listeners > 0) this.workedLate.publish(entry);
  }

  /** Writes down how and when it ended; the first call counts, later ones and entries never opened change nothing. */
  close(entry: ArrivalEntry, ended: End, at: number): void {
    if (entry.ended !== null || entry.seq === 0) return;
    entry.ended = ended;
    entry.endedAt = at;
    if (entry.kind === 'exchange') this.#open--;
    this.#ring.pack(entry);
    if (this.#watchers.size > 0) this.#tell(entry);
    if (this.closed.listeners > 0) this.closed.publish(entry);
  }

  /** Entries that meet the filter, newest first; a cursor goes on where a page ended, whatever arrived since. */
  query<Kind extends EntryKind | undefined = undefined>(filter: JournalQuestion<Kind>): JournalPage<EntryOf<Kind>> {
    const { page, entries } = this.#asked(filter);
    for (const entry of entries) if (!page.take(entry)) break;
    return page;
  }

  /** The same, for a journal that may be large: others get their turn meanwhile. */
  async search<Kind extends EntryKind | undefined = undefined>(
    filter: JournalQuestion<Kind>,
  ): Promise<JournalPage<EntryOf<Kind>>> {
    const { page, entries } = this.#asked(filter);
    await survey(entries, this.#clock, (entry) => page.take(entry));
    return page;
  }

  /** What is kept, newest first; some of it may go while somebody goes through it. */
  newestFirst(kind: 'arrival'): Iterable<ArrivalEntry>;
  newestFirst(kind: 'event'): Iterable<EventEntry>;
  newestFirst(kind: 'arrival' | 'event'): Iterable<JournalEntry> {
    return kind === 'event' ? this.#events.newestFirst() : this.#ring.newestFirst();
  }

  /** What is kept now, oldest first; some of it may go while somebody goes through it. */
  oldestFirst(kind: 'arrival'): Iterable<ArrivalEntry>;
  oldestFirst(kind: 'event'): Iterable<EventEntry>;
  oldestFirst(kind: 'arrival' | 'event'): Iterable<JournalEntry> {
    return kind === 'event' ? this.#events.oldestFirst() : this.#ring.oldestFirst();
  }

  /** Forgets all entries, and that any were evicted; what is still open will not come back. Returns how many exchanges and struck connections went. */
  clear(): number {
    const count = this.#ring.length;
    this.#ring.clear();
    this.#events.clear();
    for (const watcher of this.#watchers) watcher.clear();
    return count;
  }

  /** Keeps nothing any more and gives its bytes back, as when its world goes; verifications that wait end, with the error if there is one. */
  discard(error?: Error): void {
    this.#isDiscarded = true;
    for (const watcher of this.#watchers) watcher.end(error);
    this.clear();
  }

  /**
   * Whether so many entries match. With `within` (ms) it waits: with a min until it is right and stays so for `settle`,
   * with only a max the whole time unless it is passed for good. Throws a Refusal when too many wait already; an
   * aborted `signal` ends the wait.
   */
  async verify(request: VerifyRequest, signal?: AbortSignal): Promise<Verdict> {
    if (!request.within) return answerVerification(this.#evidence, request, signal);
    if (this.#waiting >= MAX_WAITING)
      throw new Refusal('too_many_concurrent', `at most ${MAX_WAITING} verifications may wait at the same time`);
    this.#waiting++;
    try {
      return await answerVerification(this.#evidence, request, signal);
    } finally {
      this.#waiting--;
    }
  }

  /** Of the newest exchange or struck connection; 0 before the first. */
  get lastSeq(): number {
    return this.#ring.lastSeq;
  }

  /** Entries pushed out since the last clear. */
  get evictedSinceClear(): number {
    return this.#ring.evictedSince(Number.NEGATIVE_INFINITY);
  }

  get stats(): JournalStats {
    const { length: entries, evicted, oldestAt } = this.#ring;
    const bytes = this.#ring.bytes + this.#events.bytes;
    return { entries, events: this.#events.length, open: this.#open, bytes, evicted, oldestAt };
  }

  /** The page that is to be filled, and what may come into it. */
  #asked<Kind extends EntryKind | undefined>({ limit, cursor, last, kind, ...match }: JournalQuestion<Kind>) {
    const criteria: Pick<Criterion, 'fits'>[] = criteriaOf(match);
    if (kind !== undefined) criteria.push({ fits: (entry) => entry.kind === kind });
    const ring = kind === 'event' ? this.#events : this.#ring;
    return {
      page: new Page<EntryOf<Kind>>(criteria, limit),
      entries: ring.newestFirst(cursor, last) as Iterable<JournalEntry> as Iterable<EntryOf<Kind>>,
    };
  }

  get #evidence(): Evidence {
    return { ring: this.#ring, clock: this.#clock, watchers: this.#watchers };
  }

  /** An entry that is no longer kept may still change; its place is another's. */
  #tell(entry: ArrivalEntry): void {
    if (!this.#ring.has(entry)) return;
    for (const watcher of this.#watchers) watcher.look(entry);
  }
}
