// The time that work takes, which runs slower than the clock when capacity is short and stands still in a stall.

/**
 * With a factor f, a second holds f seconds of work. What ends at a given work time then needs no rescheduling when the
 * factor changes: only the moment at which that work time is reached moves.
 */
export class WorkTime {
  #factor: number;
  #anchorMs: number;
  #workMs = 0;

  constructor(factor: number, nowMs: number) {
    this.#factor = factor;
    this.#anchorMs = nowMs;
  }

  get factor(): number {
    return this.#factor;
  }

  /** Work time at this moment, in ms. */
  at(nowMs: number): number {
    return this.#workMs + (nowMs - this.#anchorMs) * this.#factor;
  }

  /** The moment at which so much work time will have passed; Infinity in a stall. */
  momentOf(workMs: number): number {
    return this.#factor === 0 ? Number.POSITIVE_INFINITY : this.#anchorMs + (workMs - this.#workMs) / this.#factor;
  }

  setFactor(factor: number, nowMs: number): void {
    this.#workMs = this.at(nowMs);
    this.#anchorMs = nowMs;
    this.#factor = factor;
  }
}
