// The one alarm of a box office: set to the first moment at which any session has something due, also when nobody looks.
import type { Cancel } from '../../base/clock.ts';

/** Box-office time in epoch milliseconds; it may jump either way, and its alarms with it. */
export interface BoxOfficeClock {
  now(): number;
  /** Calls `then` once, when this moment has come or was jumped over; keeps no process alive. */
  alarm(moment: number, then: () => void): Cancel;
}

const nothing: Cancel = () => {};

export class LapseAlarm {
  readonly #clock: BoxOfficeClock;
  readonly #settle: (sessionId: string) => void;
  /** By session, the moment before which nothing of it lapses; sessions that hold nothing are not there. */
  readonly #due = new Map<string, number>();
  #setTo = Number.POSITIVE_INFINITY;
  #cancel = nothing;
  #closed = false;

  /** `settle` lapses what is due in a session, and says by `expect` when something is due again. */
  constructor(clock: BoxOfficeClock, settle: (sessionId: string) => void) {
    this.#clock = clock;
    this.#settle = settle;
  }

  /** Nothing of the session lapses before this moment; never, when it is infinite. */
  expect(sessionId: string, moment: number): void {
    if (Number.isFinite(moment)) this.#due.set(sessionId, moment);
    else this.#due.delete(sessionId);
    if (moment < this.#setTo) this.#set(moment); // a later moment is found when the alarm goes off
  }

  /** Nothing of any session lapses before this moment. */
  get setTo(): number {
    return this.#setTo;
  }

  /** No alarm from now on. */
  close(): void {
    this.#closed = true;
    this.#cancel();
    this.#due.clear();
  }

  #set(moment: number): void {
    this.#cancel();
    this.#cancel = nothing;
    this.#setTo = moment;
    if (this.#closed || !Number.isFinite(moment)) return;
    this.#cancel = this.#clock.alarm(moment, () => this.#goOff());
  }

  #goOff(): void {
    this.#setTo = Number.NEGATIVE_INFINITY; // what is settled sets nothing by itself
    const now = this.#clock.now();
    for (const [sessionId, moment] of [...this.#due]) if (moment <= now) this.#settle(sessionId);
    let first = Number.POSITIVE_INFINITY;
    for (const moment of this.#due.values()) first = Math.min(first, moment);
    this.#set(first);
  }
}
