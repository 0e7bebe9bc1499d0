// The record of exchanges: opened at arrival, closed once, kept in a ring, and asked afterwards.
import type { Clock } from '../base/clock.ts';
import { Refusal } from '../base/refusal.ts';
import { createTopic, type Topic } from '../base/topic.ts';
import type { End, ExchangeEntry } from './entry.ts';
import { Matching } from './matching.ts';
import { Findings } from './near-misses.ts';
import { type Criterion, criteriaOf, type JournalFilter, type JournalMatch, MAX_PAGE_BYTES, meets } from './query.ts';
import { drawsOf, estimateBytes, Ring } from './ring.ts';
import { survey } from './survey.ts';
import { explain, type Judgement, judge, settleOf, type Verdict, type VerifyRequest } from './verify.ts';
import { type Watcher, waitForJudgement } from './wait.ts';

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
  readonly #watchers = new Set<Watcher>();
  #waiting = 0;
  #open = 0;

  constructor({ maxEntries, maxBytes, clock, failed }: JournalOptions) {
    this.#clock = clock;
    this.#ring = new Ring(maxEntries, maxBytes, (entry) => {
      for (const watcher of this.#watchers) watcher.drop(entry);
    });
    this.closed = createTopic(failed);
  }

  /** Takes in an exchange at its arrival and gives it its `seq`; the oldest makes room, open or not. */
  open(entry: ExchangeEntry): void {
    this.#ring.append(entry);
    if (entry.kind === 'exchange') this.#open++; // a connection is no request
    if (this.#watchers.size > 0) this.#tell(entry);
  }

  /** Says that something about an entry is now known, as which rules hit it, to verifications that wait for it. */
  changed(entry: ExchangeEntry): void {
    if (entry.ended !== null) this.#ring.resize(entry); // its work came after its client had left
    if (this.#watchers.size > 0) this.#tell(entry);
  }

  /** Writes down how and when it ended; the first call counts, later ones and entries never opened change nothing. */
  close(entry: ExchangeEntry, ended: End, at: number): void {
    if (entry.ended !== null || entry.seq === 0) return;
    entry.ended = ended;
    entry.endedAt = at;
    if (entry.kind === 'exchange') this.#open--;
    if (drawsOf(entry) > 0) this.#ring.resize(entry);
    if (this.#watchers.size > 0) this.#tell(entry);
    if (this.closed.listeners > 0) this.closed.publish(entry);
  }

  /** Entries that meet the filter, newest first; a cursor goes on where a page ended, whatever arrived since. */
  query({ limit, cursor, ...match }: JournalFilter): JournalPage {
    const page = new Page(criteriaOf(match), limit);
    for (const entry of this.#ring.newestFirst(cursor)) if (!page.take(entry)) break;
    return page;
  }

  /** The same, for a journal that may be large: others get their turn meanwhile. */
  async search({ limit, cursor, ...match }: JournalFilter): Promise<JournalPage> {
    const page = new Page(criteriaOf(match), limit);
    await survey(this.#ring.newestFirst(cursor), this.#clock, (entry) => page.take(entry));
    return page;
  }

  /** Forgets all entries, and that any were evicted; what is still open will not come back. Returns how many went. */
  clear(): number {
    const count = this.#ring.length;
    this.#ring.clear();
    for (const watcher of this.#watchers) watcher.clear();
    return count;
  }

  /**
   * Whether so many entries match. With `within` (ms) it waits: with a min until it is right and stays so for `settle`,
   * with only a max the whole time unless it is passed for good. Throws a Refusal when too many wait already; an
   * aborted `signal` ends the wait.
   */
  async verify(request: VerifyRequest, signal?: AbortSignal): Promise<Verdict> {
    if (!request.within) return this.#answer(request, signal);
    if (this.#waiting >= MAX_WAITING)
      throw new Refusal('too_many_concurrent', `at most ${MAX_WAITING} verifications may wait at the same time`);
    this.#waiting++;
    try {
      return await this.#answer(request, signal);
    } finally {
      this.#waiting--;
    }
  }

  /** Entries pushed out since the last clear. */
  get evictedSinceClear(): number {
    return this.#ring.evictedSince(Number.NEGATIVE_INFINITY);
  }

  get stats(): JournalStats {
    const { length: entries, bytes, evicted, oldest } = this.#ring;
    return { entries, open: this.#open, bytes, evicted, oldestAt: oldest?.at ?? null };
  }

  async #answer(request: VerifyRequest, signal: AbortSignal | undefined): Promise<Verdict> {
    const { match, count: range, within = 0 } = request;
    const criteria = criteriaOf(match);
    const judgeCount = (count: number): Judgement => judge(count, this.#evictedIn(match), range);
    const judged = within > 0 ? await this.#wait(request, criteria, judgeCount, signal) : undefined;
    const found = new Findings(criteria);
    const see = (entry: ExchangeEntry): true => {
      found.add(entry);
      return true;
    };
    await survey(this.#ring.newestFirst(), this.#clock, see, signal);
    const { count, evicted, judgement } = judged ?? {
      count: found.count,
      evicted: this.#evictedIn(match),
      judgement: judgeCount(found.count),
    };
    const { open } = found;
    if (judgement === 'ok') return { ok: true, count, open };
    const detail = explain(judgement, count, evicted, range);
    if (judgement === 'unsure') return { ok: false, code: 'evidence_evicted', count, open, detail, evicted };
    const nearest = judgement === 'too-many' ? found.matches : found.misses;
    return { ok: false, code: 'verification_failed', count, open, detail, nearest };
  }

  /** What it came to when the wait was over; by then nothing that comes later counts. */
  async #wait(
    request: VerifyRequest,
    criteria: readonly Criterion[],
    judgeCount: (count: number) => Judgement,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly count: number; readonly evicted: number; readonly judgement: Judgement }> {
    const { capacity } = this.#ring;
    const all = new Matching(criteria, capacity);
    const passing = criteria.some((criterion) => criterion.passing);
    const fixed = passing ? new Matching([...criteria, HAS_ENDED], capacity) : all;
    let at = { count: 0, evicted: 0 };
    const judgement = await waitForJudgement({
      clock: this.#clock,
      withinMs: request.within ?? 0,
      settleMs: settleOf(request),
      range: request.count,
      all,
      fixed,
      signal,
      judge: (count) => {
        at = { count, evicted: this.#evictedIn(request.match) };
        return judgeCount(count);
      },
      watch: (watcher) => {
        this.#watchers.add(watcher);
        return () => this.#watchers.delete(watcher);
      },
      fill: (watcher) =>
        survey(
          this.#ring.newestFirst(),
          this.#clock,
          (entry) => this.#watchers.has(watcher) && watch(watcher, entry),
          signal,
        ),
    });
    return { ...at, judgement };
  }

  /** How many entries that are gone could have belonged to the asked period, at most. */
  #evictedIn({ since }: JournalMatch): number {
    return this.#ring.evictedSince(since ?? Number.NEGATIVE_INFINITY);
  }

  /** An entry that is no longer kept may still change; its place is another's. */
  #tell(entry: ExchangeEntry): void {
    if (!this.#ring.has(entry)) return;
    for (const watcher of this.#watchers) watcher.look(entry);
  }
}

/** Entries that have been found, up to a limit; the one after them says that there are more. */
class Page implements JournalPage {
  readonly data: ExchangeEntry[] = [];
  nextCursor: string | null = null;
  readonly #criteria: readonly Criterion[];
  readonly #limit: number;
  #bytes = 0;

  constructor(criteria: readonly Criterion[], limit: number) {
    this.#criteria = criteria;
    this.#limit = limit;
  }

  /** False when there is room for no more. */
  take(entry: ExchangeEntry): boolean {
    if (!meets(entry, this.#criteria)) return true;
    this.#bytes += estimateBytes(entry);
    if (this.data.length < this.#limit && (this.#bytes <= MAX_PAGE_BYTES || this.data.length === 0))
      return this.data.push(entry) > 0;
    this.nextCursor = String(this.data.at(-1)?.seq);
    return false;
  }
}

/** What has ended never stops to match. */
const HAS_ENDED: Pick<Criterion, 'fits'> = { fits: ({ ended }) => ended !== null };

function watch(watcher: Watcher, entry: ExchangeEntry): true {
  watcher.look(entry);
  return true;
}

export function createJournal(options: JournalOptions): Journal {
  return new Journal(options);
}
