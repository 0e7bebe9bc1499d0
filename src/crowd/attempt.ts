// One call of a virtual seller: a job for the station, and an entry in the queue of those who wait for an answer.
import type { Job } from '../capacity/job.ts';

/** What an attempt tells the class it belongs to. */
export interface AttemptOwner {
  answered(attempt: Attempt, nowMs: number): void;
  shed(attempt: Attempt, nowMs: number, retryAfterS: number): void;
  /** The station is done with an attempt whose seller has left: `served`, or shed. */
  abandoned(attempt: Attempt, nowMs: number, served: boolean): void;
}

/** What virtual work is called where service times differ by operation. */
export const CROWD_OPERATION = 'crowd';

/** Used again and again, since a million of them a second come and go: nothing may keep one after its end. */
export class Attempt implements Job {
  readonly operation = CROWD_OPERATION;
  owner: AttemptOwner;
  /** Of its operation, from 1. */
  number = 1;
  /** The policy's. */
  ticket = 0;
  deadlineMs = 0;
  gone = false;
  /** Neighbours in that queue, by deadline. */
  before: Attempt | undefined = undefined;
  after: Attempt | undefined = undefined;

  constructor(owner: AttemptOwner) {
    this.owner = owner;
  }

  isGone(): boolean {
    return this.gone;
  }

  /** A virtual seller that has left. */
  isIdle(): boolean {
    return this.gone;
  }

  served(nowMs: number): void {
    if (this.gone) this.owner.abandoned(this, nowMs, true);
    else this.owner.answered(this, nowMs);
  }

  shed(nowMs: number, retryAfterS: number): void {
    if (this.gone) this.owner.abandoned(this, nowMs, false);
    else this.owner.shed(this, nowMs, retryAfterS);
  }
}

/** Attempts that can be used again. */
export class AttemptPool {
  readonly #free: Attempt[] = [];

  take(owner: AttemptOwner, number: number): Attempt {
    const attempt = this.#free.pop() ?? new Attempt(owner);
    attempt.owner = owner;
    attempt.number = number;
    attempt.gone = false;
    return attempt;
  }

  giveBack(attempt: Attempt): void {
    this.#free.push(attempt);
  }
}
