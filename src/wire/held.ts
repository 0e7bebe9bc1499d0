// All that faults hold back in one world (waits, withheld answers, stalled bodies, parked connections), and how it is released.
import { cutInSlices, inSlices } from './slices.ts';

/**
 * How held requests are let go when it is said: reset without doing new work, or the work done and answered for those
 * still there. Unsaid: what would have ended by itself goes on at full speed, and what would not is reset.
 */
export const RELEASES = ['drop', 'answer'] as const;
export type Release = (typeof RELEASES)[number];

/** One held request; `goOn` and `drop` are called at most once, by whoever took it out of the set. */
export interface Held {
  /** Ids of the rules that hold it. */
  readonly rules: readonly string[];
  /** Epoch milliseconds. */
  readonly since: number;
  /** It would end by itself, as a wait that has a time, a pace, or a place in a line that moves. */
  readonly endsByItself: boolean;
  /** Rules that are in force would hold it on without end. */
  readonly staysHeld: boolean;
  /** Its client is gone; only its work is still to come. */
  readonly left: boolean;
  /** Its connection was reset by us. */
  readonly wasReset: boolean;
  /** Goes on at once, as the rules want it that are in force; it puts itself back if one of them holds it on. */
  goOn(how: 'answer' | undefined): void;
  drop(): void;
}

export interface Released {
  readonly dropped: number;
  /** Went on to their answers. */
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
    for (const { rules } of this.#held) for (const rule of rules) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    return counts;
  }

  /** Lets go of what these rules hold (all when unset), which are out of force by now, a slice at a time. */
  async release(how: Release | undefined, rules?: ReadonlySet<string>): Promise<Released> {
    const leaving = [...this.#held].filter((held) => rules === undefined || held.rules.some((id) => rules.has(id)));
    const released = { dropped: 0, answered: 0 };
    const letGo = (held: Held): void => {
      if (!this.take(held)) {
        if (held.wasReset) released.dropped++; // with another one on its connection
        return;
      }
      if (how === 'drop' || (how === undefined && !held.endsByItself && !held.staysHeld)) {
        held.drop();
        released.dropped++;
        return;
      }
      const others = this.#held.size;
      const { left, staysHeld } = held;
      held.goOn(how);
      if (!left && !staysHeld && this.#held.size <= others) released.answered++;
    };
    await (how === 'answer' ? inSlices(leaving, letGo) : cutInSlices(leaving, letGo));
    return released;
  }
}
