// Attempts that wait for an answer, in the order in which their patience ends.
import type { Attempt } from './attempt.ts';

/** Linked through the attempts themselves. All wait equally long, so that who joins last has the latest deadline. */
export class PatienceQueue {
  #first: Attempt | undefined;
  #last: Attempt | undefined;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get first(): Attempt | undefined {
    return this.#first;
  }

  /** Infinity when nobody waits. */
  get firstDeadlineMs(): number {
    return this.#first ? this.#first.deadlineMs : Number.POSITIVE_INFINITY;
  }

  join(attempt: Attempt): void {
    attempt.before = this.#last;
    attempt.after = undefined;
    if (this.#last) this.#last.after = attempt;
    else this.#first = attempt;
    this.#last = attempt;
    this.#length += 1;
  }

  leave(attempt: Attempt): void {
    if (attempt.before) attempt.before.after = attempt.after;
    else this.#first = attempt.after;
    if (attempt.after) attempt.after.before = attempt.before;
    else this.#last = attempt.before;
    attempt.before = undefined;
    attempt.after = undefined;
    this.#length -= 1;
  }
}
