// A wait of one request before its work, among the holds of a world: for a time, or until it is released.
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Held, Holds } from '../../wire/held.ts';

/** How a wait ended: its time came, it was released to be answered or dropped, or nobody was left to wait without a time. */
export type WaitOutcome = 'due' | 'answer' | 'drop' | 'left';

/** Whoever waits. */
export interface Waiter {
  /** The client is gone. */
  readonly left: boolean;
  /** By a reset of ours. */
  readonly wasReset: boolean;
  /** Whether rules in force would hold it without end, were it to go on. */
  readonly staysHeld: boolean;
  /** Called once. */
  waited(outcome: WaitOutcome): void;
}

interface WaitParts {
  readonly holds: Holds;
  /** Id of the rule that holds it. */
  readonly rule: string;
  readonly waiter: Waiter;
  /** Epoch milliseconds. */
  readonly since: number;
}

/** Fields instead of closures: fifteen thousand of these may be held at once. */
export class Wait implements Held {
  readonly since: number;
  readonly #rule: string;
  readonly #holds: Holds;
  readonly #waiter: Waiter;
  /** Set for one that has a time. */
  #cancel: Cancel | undefined;

  constructor({ holds, rule, waiter, since }: WaitParts) {
    this.since = since;
    this.#rule = rule;
    this.#holds = holds;
    this.#waiter = waiter;
  }

  /** Without a time it ends when it is released, or with `over`. */
  begin(clock: Clock, waitMs: number | undefined): void {
    if (waitMs !== undefined)
      this.#cancel = clock.after(waitMs, () => this.#holds.take(this) && this.#waiter.waited('due'));
    this.#holds.add(this);
  }

  /** There is nothing to wait for any more. */
  over(): void {
    if (this.#holds.take(this)) this.#finish('left');
  }

  get rules(): readonly string[] {
    return [this.#rule];
  }

  get endsByItself(): boolean {
    return this.#cancel !== undefined;
  }

  get left(): boolean {
    return this.#waiter.left;
  }

  get wasReset(): boolean {
    return this.#waiter.wasReset;
  }

  get staysHeld(): boolean {
    return this.#waiter.staysHeld;
  }

  goOn(how: 'answer' | undefined): void {
    this.#finish(how ?? 'due');
  }

  drop(): void {
    this.#finish('drop');
  }

  #finish(outcome: WaitOutcome): void {
    this.#cancel?.();
    this.#waiter.waited(outcome);
  }
}
