// When the oldest open request arrived, by how many are open of each tenth of a second: integers, whatever hangs.

/** What is told may be so much too old. */
const SLOT_MS = 100;

interface Slot {
  readonly slot: number;
  /** Arrival of its first. */
  readonly at: number;
  open: number;
}

export class OpenRequests {
  /** In order of arrival; those in which nothing is open any more are let go. */
  readonly #slots = new Map<number, Slot>();
  #latest: Slot = { slot: Number.NaN, at: 0, open: 0 };

  arrived(at: number): void {
    const slot = Math.floor(at / SLOT_MS);
    if (slot !== this.#latest.slot) this.#begin(slot, at);
    this.#latest.open++;
  }

  ended(arrivedAt: number): void {
    const slot = Math.floor(arrivedAt / SLOT_MS);
    if (slot === this.#latest.slot) {
      this.#latest.open--;
      return;
    }
    const earlier = this.#slots.get(slot);
    if (earlier && --earlier.open === 0) this.#slots.delete(slot);
  }

  /** Epoch ms; null without one. */
  get oldestAt(): number | null {
    for (const { at, open } of this.#slots.values()) if (open > 0) return at;
    return null;
  }

  #begin(slot: number, at: number): void {
    if (this.#latest.open === 0) this.#slots.delete(this.#latest.slot);
    this.#latest = this.#slots.get(slot) ?? { slot, at, open: 0 }; // a clock may have been set back
    this.#slots.set(slot, this.#latest);
  }
}
