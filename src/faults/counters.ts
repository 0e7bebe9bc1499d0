// The arithmetic of skip, every and limit, counted by a key, in bounded memory.
import type { Rule } from './rule.ts';

interface Count {
  seen: number;
  acted: number;
}

/** Keys counted per rule; beyond it the one counted longest ago starts again from zero. */
const MAX_KEYS = 10_000;

export class Counters {
  readonly #skip: number;
  readonly #every: number;
  readonly #limit: number;
  readonly #counts = new Map<string, Count>();

  constructor({ skip = 0, every = 1, limit = Number.POSITIVE_INFINITY }: Pick<Rule, 'skip' | 'every' | 'limit'>) {
    this.#skip = skip;
    this.#every = every;
    this.#limit = limit;
  }

  /** Counts one match; true when skip and every let the rule act on it. */
  due(key: string): boolean {
    const count = this.#of(key);
    count.seen++;
    return count.seen > this.#skip && (count.seen - this.#skip) % this.#every === 0;
  }

  /** True while the limit is not reached, and counts it as an act. */
  spend(key: string): boolean {
    const count = this.#of(key);
    if (count.acted >= this.#limit) return false;
    count.acted++;
    return true;
  }

  #of(key: string): Count {
    let count = this.#counts.get(key);
    if (count) return count;
    if (this.#counts.size >= MAX_KEYS) forgetOldest(this.#counts);
    count = { seen: 0, acted: 0 };
    this.#counts.set(key, count);
    return count;
  }
}

/** How often each request of one kind came before: retries of the same request are told apart by it. */
export class Occurrences {
  readonly #seen = new Map<number, number>();

  /** 0 the first time a key comes, then 1, 2 … */
  next(key: number): number {
    const seen = this.#seen.get(key) ?? 0;
    if (seen === 0 && this.#seen.size >= MAX_KEYS) forgetOldest(this.#seen);
    this.#seen.set(key, seen + 1);
    return seen;
  }
}

function forgetOldest(map: Map<unknown, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
