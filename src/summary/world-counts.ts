// Counts what a world's requests come to, from its journal as it is written: integers on their way, figures once a second.
import type { Clock } from '../base/clock.ts';
import type { ArrivalEntry, EventEntry, ExchangeEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import { hasServed } from '../journal/served.ts';
import { ClientTable } from './clients.ts';
import { FailedRequests, isKnownAtArrival } from './failed-requests.ts';
import { Latencies, type Percentiles } from './latencies.ts';
import { OpenRequests } from './open-requests.ts';
import { Samples } from './samples.ts';

/** What is open as counting begins is looked for among so many of the newest entries. */
const MAX_SURVEYED = 20_000;
/** Exchanges of a second that are told one by one. */
const MAX_SAMPLES = 20;

export interface Totals {
  arrived: number;
  answered: number;
  failed: number;
  cut: number;
  clientLeft: number;
  goodput: number;
  wasted: number;
}

export interface SecondCounted {
  readonly totals: Readonly<Totals>;
  readonly oldestOpenMs: number | null;
  readonly latencyMs: Percentiles | null;
  readonly completed: number;
  readonly samples: readonly ExchangeEntry[];
  /** Share of the exchanges that ended in this second. */
  readonly sampleRate: number;
  readonly samplesDropped: number;
}

const NOTHING: Readonly<Totals> = Object.freeze({
  ...{ arrived: 0, answered: 0, failed: 0, cut: 0, clientLeft: 0, goodput: 0, wasted: 0 },
});

export class WorldCounts {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #feeds: readonly (() => void)[];
  readonly #open = new OpenRequests();
  readonly #latencies = new Latencies();
  readonly #samples = new Samples(MAX_SAMPLES);
  /** Before it nothing is known of what is open. */
  readonly #knownFrom: number;
  /** What came before it is in no total. */
  #countedFrom: number;
  readonly #clients = new ClientTable();
  #failed = new FailedRequests();
  #totals = { ...NOTHING };
  #ended = 0;
  #sampled = 0;
  #completed = 0;
  /** Whether somebody reads samples now; unset: none are kept. */
  #isRead: (() => boolean) | undefined;

  constructor(journal: Journal, clock: Clock) {
    this.#journal = journal;
    this.#clock = clock;
    this.#countedFrom = journal.lastSeq + 1;
    this.#knownFrom = this.#survey();
    this.#feeds = [
      journal.opened.subscribe((entry) => this.#arrived(entry)),
      journal.closed.subscribe((entry) => this.#closed(entry)),
      journal.workedLate.subscribe((entry) => this.#workedLate(entry)),
      journal.told.subscribe((event) => this.#told(event)),
    ];
  }

  /** From now on some exchanges are kept for one who may read them, until the function it gives is called. */
  sample(isRead: () => boolean): () => void {
    this.#isRead = isRead;
    return () => {
      if (this.#isRead === isRead) this.#isRead = undefined;
      this.#samples.forget();
    };
  }

  /** Somebody may read samples. */
  get isRead(): boolean {
    return this.#isRead !== undefined;
  }

  /** A second is over. */
  second(): SecondCounted {
    const now = this.#clock.now();
    this.#clients.second();
    if (this.#isRead?.() === false) this.#samples.forget();
    const { entries, rate } = this.#samples.take();
    this.#sampled += entries.length;
    const { oldestAt } = this.#open;
    return {
      totals: { ...this.#totals },
      oldestOpenMs: oldestAt === null ? null : Math.max(0, now - oldestAt),
      latencyMs: this.#latencies.take(),
      completed: this.#completed,
      samples: entries,
      sampleRate: rate,
      samplesDropped: this.#ended - this.#sampled,
    };
  }

  /** Those of whom most came in the last minute, and `other`. */
  clients(max: number): ReturnType<ClientTable['rows']> {
    return this.#clients.rows(max);
  }

  /** Counts from here on, as in a world that is new. */
  beginAnew(): void {
    this.#countedFrom = this.#journal.lastSeq + 1;
    this.#clients.beginAnew();
    this.#failed = new FailedRequests();
    this.#totals = { ...NOTHING };
    this.#ended = this.#sampled = this.#completed = 0;
    this.#latencies.take();
    this.#samples.forget();
  }

  close(): void {
    for (const stop of this.#feeds) stop();
  }

  #arrived(entry: ArrivalEntry): void {
    if (entry.kind !== 'exchange') return;
    this.#totals.arrived++;
    this.#open.arrived(entry.at);
    const client = this.#clients.of(entry.client);
    client.arrived++;
    this.#clients.opened(entry.client, entry.seq);
    const isDeclared = entry.attempt !== null && entry.attempt > 1;
    if ((isKnownAtArrival(entry) && this.#failed.takesUp(entry)) || isDeclared) client.retries++;
  }

  #closed(entry: ArrivalEntry): void {
    if (entry.kind !== 'exchange' || entry.seq < this.#knownFrom) return;
    this.#open.ended(entry.at);
    this.#clients.ended(entry.client, entry.seq);
    if (entry.seq < this.#countedFrom) return;
    const client = this.#clients.of(entry.client);
    client.ended++;
    this.#ended++;
    const ms = (entry.endedAt ?? entry.at) - entry.at;
    const totals = this.#totals;
    if (entry.ended === 'answered') {
      totals.answered++;
      this.#latencies.add(ms);
    } else if (entry.ended === 'client-left') {
      totals.clientLeft++;
      if (entry.workedAt !== null) totals.wasted++;
      client.leave(ms);
    } else totals.cut++;
    const isDeclared = entry.attempt !== null && entry.attempt > 1;
    if (!isKnownAtArrival(entry) && this.#failed.takesUp(entry) && !isDeclared) client.retries++;
    const served = hasServed(entry);
    if (served) totals.goodput++;
    else {
      totals.failed++;
      client.failed++;
      this.#failed.add(entry);
    }
    if (this.#isRead) this.#samples.add(entry, !served);
  }

  #workedLate({ ended, seq }: ExchangeEntry): void {
    if (ended === 'client-left' && seq >= this.#countedFrom) this.#totals.wasted++;
  }

  #told({ happened }: EventEntry): void {
    if (happened === 'completed') this.#completed++;
  }

  /** Counts what is open already, as far as it is found; gives the `seq` of the first entry that was looked at. */
  #survey(): number {
    let knownFrom = this.#journal.lastSeq + 1;
    let left = this.#journal.stats.open;
    let looked = 0;
    for (const entry of this.#journal.newestFirst('arrival')) {
      if (left === 0 || looked++ >= MAX_SURVEYED) break;
      knownFrom = entry.seq;
      if (entry.kind !== 'exchange' || entry.ended !== null) continue;
      left--;
      this.#clients.opened(entry.client, entry.seq);
      this.#open.arrived(entry.at);
    }
    return knownFrom;
  }
}
