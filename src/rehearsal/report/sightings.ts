// What is looked for in the entries of a record besides verdicts: the requests that are evidence, and when trouble began.
import { BoundedMap } from '../../base/bounded-map.ts';
import type { ArrivalEntry, ExchangeEntry } from '../../journal/entry.ts';
import { hasServed } from '../../journal/served.ts';

/** A request that is evidence, so that who reads of it knows what it was. */
export interface Seen {
  readonly at: number;
  readonly endedAt: number | null;
  readonly client: string;
  readonly operation: string;
  readonly ended: ExchangeEntry['ended'];
  readonly status: number | null;
}

/** When it first happened to a client. */
export interface Firsts {
  readonly timeOutAt: number | null;
  /** The first second in which much of what it sent repeated what had failed. */
  readonly retryBurstAt: number | null;
}

export interface Sightings {
  readonly requests: Readonly<Record<string, Seen>>;
  firsts(client: string): Firsts;
}

const SECOND_MS = 1000;
/** So many repeats in a second are a burst, when they are half of what it sends. */
const MIN_BURST = 5;
const BURST_SHARE = 0.5;
/** A failed request is repeated within so long, or it is another one. */
const REPEATED_WITHIN_MS = 600_000;
const MAX_FAILED = 50_000;
const MAX_CLIENTS = 200;
/** Seconds counted of a client: a rehearsal of a day. */
const MAX_SECONDS = 86_400;

interface OfClient {
  timeOutAt: number | null;
  /** By second of arrival. */
  readonly seconds: Map<number, { sent: number; repeated: number }>;
}

/** Takes entries in the order in which they ended, as a record has them. */
export class SightingsTaker {
  readonly #wanted: ReadonlySet<string>;
  readonly #seen = new Map<string, Seen>();
  readonly #clients = new Map<string, OfClient>();
  /** When the last try of it failed, by client and identity. */
  readonly #failed = new BoundedMap<string, number>(MAX_FAILED);

  constructor(wanted: Iterable<string>) {
    this.#wanted = new Set(wanted);
  }

  take(entry: ArrivalEntry): void {
    if (entry.kind !== 'exchange') return;
    const { at, endedAt, client, operation, ended, status, requestId } = entry;
    if (this.#wanted.has(requestId) && !this.#seen.has(requestId))
      this.#seen.set(requestId, { at, endedAt, client, operation, ended, status });
    const of = this.#of(client);
    if (!of) return;
    if (ended === 'client-left') of.timeOutAt = Math.min(of.timeOutAt ?? Number.POSITIVE_INFINITY, endedAt ?? at);
    this.#count(of, entry);
  }

  get sightings(): Sightings {
    return {
      requests: Object.fromEntries(this.#seen),
      firsts: (client) => {
        const of = this.#clients.get(client);
        return { timeOutAt: of?.timeOutAt ?? null, retryBurstAt: of ? burstIn(of) : null };
      },
    };
  }

  #of(client: string): OfClient | undefined {
    const known = this.#clients.get(client);
    if (known || this.#clients.size >= MAX_CLIENTS) return known;
    const of: OfClient = { timeOutAt: null, seconds: new Map() };
    this.#clients.set(client, of);
    return of;
  }

  #count({ seconds }: OfClient, entry: ExchangeEntry): void {
    const { at, endedAt } = entry;
    const second = Math.floor(at / SECOND_MS);
    const counted = seconds.get(second) ?? { sent: 0, repeated: 0 };
    if (seconds.size < MAX_SECONDS) seconds.set(second, counted);
    counted.sent++;
    const identity = identityOf(entry);
    if (identity === undefined) return;
    const failedAt = this.#failed.get(identity);
    if (failedAt !== undefined && at >= failedAt && at - failedAt <= REPEATED_WITHIN_MS) counted.repeated++;
    if (hasServed(entry)) this.#failed.delete(identity);
    else this.#failed.set(identity, endedAt ?? at);
  }
}

/** Only what a client says itself, or a body that is the same: reads of many buyers look alike. */
function identityOf({ client, idempotencyKey, about }: ExchangeEntry): string | undefined {
  const own = idempotencyKey ?? about?.invocation ?? about?.fingerprint;
  return own == null ? undefined : `${client} ${own}`;
}

function burstIn({ seconds }: OfClient): number | null {
  const bursts = [...seconds]
    .filter(([, { sent, repeated }]) => repeated >= MIN_BURST && repeated >= sent * BURST_SHARE)
    .map(([second]) => second);
  return bursts.length === 0 ? null : bursts.reduce((a, b) => Math.min(a, b)) * SECOND_MS;
}
