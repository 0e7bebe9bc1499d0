// What a fault holds back (waits, withheld answers, stalled bodies), as one set that can be let go in slices.
import { cutInSlices, inSlices } from './slices.ts';

/** How held requests are let go: reset without doing new work, or the work done and answered for those still there. */
export const RELEASES = ['drop', 'answer'] as const;
export type Release = (typeof RELEASES)[number];

/** One held request; each of its verbs is called at most once, by whoever took it out of the set. */
export interface Held {
  /** Id of the rule that holds it. */
  readonly rule: string;
  /** Epoch milliseconds. */
  readonly since: number;
  answer(): void;
  drop(): void;
}

export interface Released {
  readonly dropped: number;
  readonly answered: number;
}

/** Everything held in one world. */
export class Holds {
  readonly #held = new Set<Held>();

  get size(): number {
    return this.#held.size;
  }

  add(held: Held): void {
    this.#held.add(held);
  }

  /** True when it was still held: the caller may act on it, and nobody else will. */
  take(held: Held): boolean {
    return this.#held.delete(held);
  }

  countByRule(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { rule } of this.#held) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    return counts;
  }

  /** Lets go of everything that these rules hold (all when unset), a slice at a time. */
  async release(how: Release, rules?: ReadonlySet<string>): Promise<Released> {
    const leaving = [...this.#held].filter((held) => rules === undefined || rules.has(held.rule));
    let count = 0;
    const letGo = (held: Held): void => {
      if (!this.take(held)) return;
      held[how]();
      count++;
    };
    await (how === 'drop' ? cutInSlices(leaving, letGo) : inSlices(leaving, letGo));
    return how === 'drop' ? { dropped: count, answered: 0 } : { dropped: 0, answered: count };
  }
}
