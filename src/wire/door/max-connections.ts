// The bound on connections, of a process or of one share of it: at it doors stop accepting, so that others keep descriptors.

/** What a door does when a bound is reached that it is under, and when there is room again. */
export interface Bounded {
  fill(reached: MaxConnections): void;
  makeRoom(reached: MaxConnections): void;
}

/** Doors open again when this share of the connections is left. */
const REOPEN_SHARE = 0.98;

export class MaxConnections {
  readonly max: number;
  /** What it is a share of; undefined for that of the process. */
  readonly #whole: MaxConnections | undefined;
  #size = 0;
  #entered = 0;
  #full = false;
  /** The bound that it is a share of, while that is reached. */
  #above: MaxConnections | undefined;
  readonly #doors = new Set<Bounded>();
  readonly #asPart: Bounded = {
    fill: (reached) => {
      this.#above = reached;
      if (!this.#full) for (const door of this.#doors) door.fill(reached);
    },
    makeRoom: (reached) => {
      this.#above = undefined;
      if (!this.#full) for (const door of this.#doors) door.makeRoom(reached);
    },
  };

  constructor(max: number, whole?: MaxConnections) {
    this.max = max;
    this.#whole = whole;
  }

  /** A bound for some doors alone, whose connections count for this one too; `part` of 0..1. */
  share(part: number): MaxConnections {
    return new MaxConnections(Math.max(1, Math.floor(this.max * part)), this);
  }

  get isShare(): boolean {
    return this.#whole !== undefined;
  }

  get size(): number {
    return this.#size;
  }

  /** How many more there may be. */
  get room(): number {
    const own = Math.max(0, this.max - this.#size);
    return this.#whole ? Math.min(own, this.#whole.room) : own;
  }

  /** A door that comes when there is no room is told so at once. */
  join(door: Bounded): void {
    if (this.#doors.size === 0) this.#whole?.join(this.#asPart);
    this.#doors.add(door);
    const reached = this.#full ? this : this.#above;
    if (reached) door.fill(reached);
  }

  part(door: Bounded): void {
    if (!this.#doors.delete(door) || this.#doors.size > 0) return;
    this.#whole?.part(this.#asPart);
    this.#above = undefined;
  }

  /** Gives the number of the connection, counted over all doors of the process. */
  enter(): number {
    this.#size++;
    const entered = this.#whole?.enter() ?? ++this.#entered;
    if (!this.#full && this.#size >= this.max) {
      this.#full = true;
      if (!this.#above) for (const door of this.#doors) door.fill(this);
    }
    return entered;
  }

  leave(): void {
    this.#size--;
    this.#whole?.leave();
    if (!this.#full || this.#size > this.max * REOPEN_SHARE) return;
    this.#full = false;
    if (!this.#above) for (const door of this.#doors) door.makeRoom(this);
  }
}
