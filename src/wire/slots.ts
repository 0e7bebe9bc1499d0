// Slots of a door: so many connections are served at once, so many wait, and the rest overflow.
import type { Overflow, Slots } from './standing.ts';

/** `serve` now, `wait` for a slot, or what overflow says. */
export type Place = 'serve' | 'wait' | Overflow;

/** Counts connections by identity; pure but for its own sets. */
export class SlotTable<Connection> {
  readonly #served = new Set<Connection>();
  readonly #waiting = new Set<Connection>();
  #slots: Slots | undefined;

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Puts other bounds in force; gives those that are served now. */
  become(slots: Slots | undefined): Connection[] {
    this.#slots = slots;
    return this.#promote();
  }

  enter(connection: Connection): Place {
    const slots = this.#slots;
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

  /** Gives those that are served in its place. */
  leave(connection: Connection): Connection[] {
    this.#waiting.delete(connection);
    return this.#served.delete(connection) ? this.#promote() : [];
  }

  /** Whether one more would overflow. */
  get full(): boolean {
    const slots = this.#slots;
    return slots !== undefined && this.#served.size >= slots.slots && this.#waiting.size >= slots.waiting;
  }

  #promote(): Connection[] {
    const promoted: Connection[] = [];
    for (const connection of this.#waiting) {
      if (this.#slots && this.#served.size >= this.#slots.slots) break;
      this.#waiting.delete(connection);
      this.#served.add(connection);
      promoted.push(connection);
    }
    return promoted;
  }
}
