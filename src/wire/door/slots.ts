// Slots of a door: so many connections are served at once, so many wait, and the rest overflow.
import type { Overflow, Slots } from './door-conditions.ts';

/** `serve` now, `wait` for a slot, or what overflow says. */
export type SlotDecision = 'serve' | 'wait' | Overflow;

/** Counts connections by identity; pure but for its own sets. */
export class SlotTable<Connection> {
  readonly #served = new Set<Connection>();
  readonly #waiting = new Set<Connection>();
  #slots: Slots | undefined;

  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Puts other bounds in force; gives those whose turn it is now. Those that wait for a rule that is over
   * wait no longer here: like all that it held, they are let go, and enter again.
   */
  become(slots: Slots | undefined): Connection[] {
    if (this.#slots && !this.#slots.rule.inForce) this.#waiting.clear();
    this.#slots = slots;
    return this.#next();
  }

  /** Also for one that waited, when its turn has come or its rule is over. */
  enter(connection: Connection): SlotDecision {
    const slots = this.#slots;
    this.#waiting.delete(connection);
    if (!slots || this.#served.size < slots.slots) {
      this.#served.add(connection);
      return 'serve';
    }
    if (this.#waiting.size < slots.waiting) {
      this.#waiting.add(connection);
      return 'wait';
    }
    return slots.overflow;
  }

  /** Gives those whose turn it is now. */
  leave(connection: Connection): Connection[] {
    const waited = this.#waiting.delete(connection); // perhaps as its turn came
    return this.#served.delete(connection) || waited ? this.#next() : [];
  }

  /** Whether one more would overflow. */
  get full(): boolean {
    const slots = this.#slots;
    return slots !== undefined && this.#served.size >= slots.slots && this.#waiting.size >= slots.waiting;
  }

  /** In order of arrival, as many as there are slots free. */
  #next(): Connection[] {
    const free = (this.#slots?.slots ?? Number.POSITIVE_INFINITY) - this.#served.size;
    const next: Connection[] = [];
    for (const connection of this.#waiting) {
      if (next.length >= free) break;
      next.push(connection);
    }
    return next;
  }
}
