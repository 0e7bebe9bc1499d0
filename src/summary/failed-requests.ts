// Requests that have failed and that nobody has repeated yet, so that one that comes again is known as a retry; nothing while none fails.
import type { ExchangeEntry } from '../journal/entry.ts';

/** Who comes back later asks anew. */
const FORGOTTEN_MS = 60_000;
/** Kept; the one that failed longest ago makes room. */
const MAX_FAILED = 10_000;

interface Failed {
  /** Alike, of which nobody can say which is meant. */
  readonly count: number;
  /** The last of them; epoch ms. */
  readonly endedAt: number;
}

export class FailedRequests {
  readonly #kept = new Map<string, Failed>();
  #lastAt = Number.NEGATIVE_INFINITY;

  /** It has ended so. */
  add(entry: ExchangeEntry): void {
    const endedAt = entry.endedAt ?? entry.at;
    if (endedAt - this.#lastAt > FORGOTTEN_MS) this.#kept.clear();
    this.#lastAt = endedAt;
    const identity = identityOf(entry);
    const before = this.#kept.get(identity);
    if (before)
      this.#kept.delete(identity); // set again, it is the last to make room
    else if (this.#kept.size >= MAX_FAILED) this.#dropOldest();
    const count = before && endedAt - before.endedAt <= FORGOTTEN_MS ? before.count + 1 : 1;
    this.#kept.set(identity, { count, endedAt });
  }

  /** Whether it repeats one that had failed before it came, and no other can be meant; that one is repeated then. */
  takesUp(entry: ExchangeEntry): boolean {
    if (entry.at - this.#lastAt > FORGOTTEN_MS) return false;
    const identity = identityOf(entry);
    const failed = this.#kept.get(identity);
    if (!failed || failed.endedAt > entry.at) return false;
    this.#kept.delete(identity);
    return failed.count === 1 && entry.at - failed.endedAt <= FORGOTTEN_MS;
  }

  #dropOldest(): void {
    for (const identity of this.#kept.keys()) {
      this.#kept.delete(identity);
      return;
    }
  }
}

/** Whether what tells it apart is known as it arrives: of others it is known when their body is read. */
export const isKnownAtArrival = ({ idempotencyKey, method }: ExchangeEntry): boolean =>
  idempotencyKey !== null || method === 'GET' || method === 'HEAD';

function identityOf(entry: ExchangeEntry): string {
  const { client, idempotencyKey, method, url, about } = entry;
  if (idempotencyKey !== null) return `${client}\nkey ${idempotencyKey}`;
  return `${client}\n${(isKnownAtArrival(entry) ? null : about?.fingerprint) ?? `${method} ${url}`}`;
}
