// The bound on all connections of a process: at it every door stops accepting, so that admin keeps descriptors.

/** What a door does when the process is full, and when there is room again. */
export interface Bounded {
  fill(connections: number): void;
  makeRoom(connections: number): void;
}

/** Doors open again when this share of the connections is left. */
const REOPEN_SHARE = 0.98;

export class MaxConnections {
  readonly max: number;
  #size = 0;
  #entered = 0;
  #full = false;
  readonly #doors = new Set<Bounded>();

  constructor(max: number) {
    this.max = max;
  }

  get size(): number {
    return this.#size;
  }

  /** How many more there may be. */
  get room(): number {
    return Math.max(0, this.max - this.#size);
  }

  join(door: Bounded): void {
    this.#doors.add(door);
  }

  /** Gives the number of the connection, counted over all doors. */
  enter(): number {
    this.#size++;
    if (!this.#full && this.#size >= this.max) {
      this.#full = true;
      for (const door of this.#doors) door.fill(this.#size);
    }
    return ++this.#entered;
  }

  leave(): void {
    this.#size--;
    if (!this.#full || this.#size > this.max * REOPEN_SHARE) return;
    this.#full = false;
    for (const door of this.#doors) door.makeRoom(this.#size);
  }
}
