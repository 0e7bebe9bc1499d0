// Holds one exchange in its world: before the work for a time or without end, or its answer on the way out.
import type { Cancel, Clock } from '../base/clock.ts';
import type { Held, Holds } from '../wire/held.ts';
import type { Sending } from '../wire/writer.ts';

/** How a hold ended: its time came, it was let go to be answered or dropped, or the client left what has no time. */
export type Outcome = 'due' | 'answer' | 'drop' | 'left';

/** Hears once how a wait ended. */
export interface WaitOwner {
  waited(outcome: Outcome): void;
}

export class Holding {
  readonly #holds: Holds;
  readonly #clock: Clock;
  /** What is held for nobody once the client has left; a wait that has a time outlasts its client. */
  #held: Wait | Withheld | undefined;

  constructor(holds: Holds, clock: Clock) {
    this.#holds = holds;
    this.#clock = clock;
  }

  /** Without a time it ends when it is let go or its client leaves; a wait outlasts its client: the work comes all the same. */
  wait(rule: string, waitMs: number | undefined, owner: WaitOwner): void {
    const wait = new Wait(rule, this.#clock.now(), waitMs === undefined, owner);
    if (waitMs === undefined) this.#held = wait;
    else wait.cancel = this.#clock.after(waitMs, () => this.#holds.take(wait) && wait.end('due'));
    this.#holds.add(wait);
  }

  /** An answer that is stalled, withheld or dripping. */
  withhold(rule: string, sending: Sending, answer: () => void, drop: () => void): void {
    this.#held = new Withheld(rule, this.#clock.now(), { sending, answer, drop });
    this.#holds.add(this.#held);
  }

  /** Bytes of body that were sent of an answer that is held back on its way; undefined when none is. */
  get sent(): number | undefined {
    return this.#held instanceof Withheld ? this.#held.sent : undefined;
  }

  /** Nothing but letting it go, or its client's leaving, would end it. */
  get endless(): boolean {
    return this.#held?.endless ?? false;
  }

  /** The exchange is over, or its client has left. */
  over(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held && this.#holds.take(held)) held.abandon();
  }
}

/** Fields instead of closures: fifteen thousand of these are held at once. */
class Wait implements Held {
  readonly rule: string;
  readonly since: number;
  cancel: Cancel | undefined;
  readonly endless: boolean;
  readonly #owner: WaitOwner;

  constructor(rule: string, since: number, endless: boolean, owner: WaitOwner) {
    this.rule = rule;
    this.since = since;
    this.endless = endless;
    this.#owner = owner;
  }

  answer(): void {
    this.end('answer');
  }

  drop(): void {
    this.end('drop');
  }

  abandon(): void {
    this.end('left');
  }

  end(outcome: Outcome): void {
    this.cancel?.();
    this.#owner.waited(outcome);
  }
}

interface WithheldParts {
  readonly sending: Sending;
  readonly answer: () => void;
  readonly drop: () => void;
}

class Withheld implements Held {
  readonly rule: string;
  readonly since: number;
  readonly #parts: WithheldParts;

  constructor(rule: string, since: number, parts: WithheldParts) {
    this.rule = rule;
    this.since = since;
    this.#parts = parts;
  }

  get endless(): boolean {
    return this.#parts.sending.endless;
  }

  /** Bytes of body that were sent up to now. */
  get sent(): number {
    return this.#parts.sending.sent;
  }

  answer(): void {
    this.#parts.answer();
    this.#parts.sending.finish();
  }

  drop(): void {
    this.#parts.sending.stop();
    this.#parts.drop();
  }

  abandon(): void {
    this.#parts.sending.stop();
  }
}
