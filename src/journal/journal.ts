// The record of exchanges: opened at arrival, closed once, kept in a ring, and asked afterwards.
import type { Clock } from '../base/clock.ts';
import { Refusal } from '../base/refusal.ts';
import { createTopic, type Topic } from '../base/topic.ts';
import type { End, ExchangeEntry } from './entry.ts';
import { type Criterion, criteriaOf, type JournalFilter, type JournalMatch, meets } from './query.ts';
import { Ring } from './ring.ts';
import { explain, type Judgement, judge, nearMisses, type Verdict, type VerifyRequest } from './verify.ts';
import { waitForVerdict } from './wait.ts';

/** Verifications that may wait at the same time; each costs every exchange a little. */
export const MAX_WAITING = 64;

export interface JournalOptions {
  /** Entries kept, 1 to 1,000,000. */
  readonly maxEntries: number;
  /** Estimated bytes kept. */
  readonly maxBytes: number;
  readonly clock: Clock;
  /** Told of failures of those who listen. */
  readonly failed?: (error: unknown) => void;
}

export interface JournalPage {
  /** Newest first. */
  readonly data: readonly ExchangeEntry[];
  /** `cursor` of the next, older page; null when there is none. */
  readonly nextCursor: string | null;
}

export interface JournalStats {
  readonly entries: number;
  /** Exchanges that have not ended, whether or not their entry is still kept. */
  readonly open: number;
  readonly bytes: number;
  /** Entries pushed out since the start. */
  readonly evicted: number;
  /** Arrival of the oldest entry kept, epoch ms. */
  readonly oldestAt: number | null;
}

export class Journal {
  /** Every exchange that has ended, once. */
  readonly closed: Topic<ExchangeEntry>;
  readonly #clock: Clock;
  readonly #ring: Ring;
  readonly #watchers = new Set<(entry: ExchangeEntry) => void>();
  #open = 0;

  constructor({ maxEntries, maxBytes, clock, failed }: JournalOptions) {
    this.#clock = clock;
    this.#ring = new Ring(maxEntries, maxBytes);
    this.closed = createTopic(failed);
  }

  /** Takes in an exchange at its arrival and gives it its `seq`; the oldest makes room, open or not. */
  open(entry: ExchangeEntry): void {
    this.#ring.append(entry);
    if (entry.kind === 'exchange') this.#open++; // a connection is no request
    if (this.#watchers.size > 0) this.#tell(entry);
  }

  /** Says that something about an open entry is now known, as which rules hit it, to verifications that wait for it. */
  changed(entry: ExchangeEntry): void {
    if (this.#watchers.size > 0) this.#tell(entry);
  }

  /** Writes down how and when it ended; the first call counts, later ones and entries never opened change nothing. */
  close(entry: ExchangeEntry, ended: End, at: number): void {
    if (entry.ended !== null || entry.seq === 0) return;
    entry.ended = ended;
    entry.endedAt = at;
    if (entry.kind === 'exchange') this.#open--;
    if (entry.hits.length + entry.spared.length > 0) this.#ring.resize(entry);
    if (this.#watchers.size > 0) this.#tell(entry);
    if (this.closed.listeners > 0) this.closed.publish(entry);
  }

  /** Entries that meet the filter, newest first; a cursor goes on where a page ended, whatever arrived since. */
  query({ limit, cursor, ...match }: JournalFilter): JournalPage {
    const criteria = criteriaOf(match);
    const data: ExchangeEntry[] = [];
    for (const entry of this.#ring.newestFirst(cursor)) {
      if (!meets(entry, criteria)) continue;
      if (data.length === limit) return { data, nextCursor: String(data[limit - 1]?.seq) };
      data.push(entry);
    }
    return { data, nextCursor: null };
  }

  /** Forgets all entries, and that any were evicted; what is still open will not come back. Returns how many went. */
  clear(): number {
    const count = this.#ring.length;
    this.#ring.clear();
    return count;
  }

  /**
   * Whether so many entries match. With `within` (ms) it waits: for a min until it is met, for a max the whole time
   * unless it is passed. Throws a Refusal when too many wait already; an aborted `signal` ends the wait.
   */
  async verify({ match, count: range, within = 0 }: VerifyRequest, signal?: AbortSignal): Promise<Verdict> {
    const criteria = criteriaOf(match);
    const judgeCount = (count: number): Judgement => judge(count, this.#evictedIn(match), range);
    const final = (judgement: Judgement): boolean =>
      (judgement === 'ok' && range.max === undefined) || (judgement === 'too-many' && match.ended !== 'open');
    const verdict = (): Verdict => this.#verdict(criteria, match, range);
    if (within === 0 || final(judgeCount(this.#matching(criteria).size))) return verdict();
    if (this.#watchers.size >= MAX_WAITING)
      throw new Refusal('too_many_concurrent', `at most ${MAX_WAITING} verifications may wait at the same time`);
    const watch = (seen: (entry: ExchangeEntry) => void): (() => void) => {
      this.#watchers.add(seen);
      return () => this.#watchers.delete(seen);
    };
    const matching = (): Set<number> => this.#matching(criteria);
    const judged = { criteria, matching, judge: judgeCount, final, verdict };
    return waitForVerdict({ clock: this.#clock, withinMs: within, watch, signal, ...judged });
  }

  /** Entries pushed out since the last clear. */
  get evictedSinceClear(): number {
    return this.#ring.evictedSince(Number.NEGATIVE_INFINITY);
  }

  get stats(): JournalStats {
    const { length: entries, bytes, evicted, oldest } = this.#ring;
    return { entries, open: this.#open, bytes, evicted, oldestAt: oldest?.at ?? null };
  }

  #verdict(criteria: readonly Criterion[], match: JournalMatch, range: VerifyRequest['count']): Verdict {
    const count = this.#matching(criteria).size;
    const evicted = this.#evictedIn(match);
    const judgement = judge(count, evicted, range);
    if (judgement === 'ok') return { ok: true, count };
    const detail = explain(judgement, count, evicted, range);
    if (judgement === 'unsure') return { ok: false, code: 'evidence_evicted', count, detail, evicted };
    const nearest = nearMisses(this.#ring.newestFirst(), criteria, judgement);
    return { ok: false, code: 'verification_failed', count, detail, nearest };
  }

  /** Sequence numbers of all entries that match. */
  #matching(criteria: readonly Criterion[]): Set<number> {
    const found = new Set<number>();
    for (const entry of this.#ring.newestFirst()) if (meets(entry, criteria)) found.add(entry.seq);
    return found;
  }

  /** How many entries that are gone could have belonged to the asked period, at most. */
  #evictedIn({ since }: JournalMatch): number {
    return this.#ring.evictedSince(since ?? Number.NEGATIVE_INFINITY);
  }

  #tell(entry: ExchangeEntry): void {
    for (const seen of this.#watchers) seen(entry);
  }
}

export function createJournal(options: JournalOptions): Journal {
  return new Journal(options);
}
