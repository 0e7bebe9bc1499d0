// The arithmetic of skip, every and limit, counted by a key, in bounded memory.
import type { Rule } from './rule.ts';

/** What is counted for one key. */
export interface Count {
  seen: number;
  /** Units of the limit that were used up. */
  spent: number;
  /** Units that are out with strikes of which nobody knows yet whether they act. */
  out: number;
}

/** Keys counted on their own, per rule; those that come later share one count, so that no stranger resets another's. */
export const MAX_KEYS = 10_000;

export class Counters {
  readonly #skip: number;
  readonly #every: number;
  readonly #limit: number;
  readonly #counts = new Map<string, Count>();
  readonly #shared: Count = { seen: 0, spent: 0, out: 0 };

  constructor({ skip = 0, every = 1, limit = Number.POSITIVE_INFINITY }: Pick<Rule, 'skip' | 'every' | 'limit'>) {
    this.#skip = skip;
    this.#every = every;
    this.#limit = limit;
  }

  /** Whether there is anything to count at all. */
  get idle(): boolean {
    return this.#skip === 0 && this.#every === 1 && this.#limit === Number.POSITIVE_INFINITY;
  }

  /** What is counted for a key. */
  of(key: string): Count {
    const known = this.#counts.get(key);
    if (known) return known;
    if (this.#counts.size >= MAX_KEYS) return this.#shared;
    const count = { seen: 0, spent: 0, out: 0 };
    this.#counts.set(key, count);
    return count;
  }

  /** Counts one match; true when skip and every let the rule act on it. */
  due(count: Count): boolean {
    count.seen++;
    return count.seen > this.#skip && (count.seen - this.#skip) % this.#every === 0;
  }

  hasUnit({ spent, out }: Count): boolean {
    return spent + out < this.#limit;
  }

  /** Takes a unit of the limit; false when all are spent or out. */
  take(count: Count): boolean {
    if (!this.hasUnit(count)) return false;
    count.out++;
    return true;
  }
}

/** Counters that requests share which come after the first MAX_KEYS different ones. */
const SHARED_COUNTERS = 16_384;

/** How often each request of one kind came before: retries of the same request are told apart by it. */
export class Occurrences {
  readonly #seen = new Map<number, number>();
  /** By the key itself, so that what shares a counter does not depend on the order. */
  #shared: Uint32Array | undefined;

  /** 0 the first time a key comes, then 1, 2 … */
  next(key: number): number {
    const seen = this.#seen.get(key);
    if (seen === undefined && this.#seen.size >= MAX_KEYS) return this.#nextShared(key % SHARED_COUNTERS);
    this.#seen.set(key, (seen ?? 0) + 1);
    return seen ?? 0;
  }

  #nextShared(at: number): number {
    this.#shared ??= new Uint32Array(SHARED_COUNTERS);
    const seen = this.#shared[at] ?? 0;
    this.#shared[at] = seen + 1;
    return seen;
  }
}
