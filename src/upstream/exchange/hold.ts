// Holds one exchange in its world: before the work for a time or without end, or its answer on the way out.
import type { Cancel, Clock } from '../../base/clock.ts';
import type { PlannedDelivery } from '../../faults/planned-delivery.ts';
import { becomeNow, deliveryNow } from '../../faults/planned-delivery.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Delivery } from '../../wire/answer/delivery.ts';
import type { Sending } from '../../wire/answer/writer.ts';
import type { Held, Holds } from '../../wire/held.ts';

/** How a hold ended: its time came, it was let go to be answered or dropped, or the client left what has no time. */
export type Outcome = 'due' | 'answer' | 'drop' | 'left';

export interface DepartureSettings {
  readonly world: { readonly holds: Holds; readonly journal: Journal };
  readonly clock: Clock;
}

/** Who is told that an exchange goes on after it was held. */
export interface Waiter {
  /** Whether rules in force would hold it without end, were it to go on. */
  readonly staysHeld: boolean;
  goOn(): void;
}

/** Hears once how a wait ended. */
export interface WaitOwner {
  /** The client is gone. */
  readonly left: boolean;
  /** By a reset of ours. */
  readonly wasReset: boolean;
  /** Whether rules in force would hold it without end, were it to go on. */
  readonly staysHeld: boolean;
  waited(outcome: Outcome): void;
}

/** Hears what becomes of a withheld answer. */
export interface WithholdOwner {
  /** The client is gone. */
  readonly left: boolean;
  /** By a reset of ours. */
  readonly wasReset: boolean;
  /** It goes on, as this delivery says; gives it as it can be had on its connection. */
  goesOut(delivery: Delivery): Delivery;
  dropped(): void;
}

export class Hold {
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
    const wait = new Wait(rule, this.#clock.now(), owner);
    if (waitMs === undefined) this.#held = wait;
    else wait.cancel = this.#clock.after(waitMs, () => this.#holds.take(wait) && wait.end('due'));
    this.#holds.add(wait);
  }

  /** An answer that is stalled, withheld or dripping. */
  withhold(planned: PlannedDelivery, sending: Sending, owner: WithholdOwner): void {
    this.#held = new Withheld(this.#holds, this.#clock.now(), { planned, sending, owner });
    this.#holds.add(this.#held);
  }

  /** Bytes of body that were sent of an answer that is held back on its way; undefined when none is. */
  get sent(): number | undefined {
    return this.#held instanceof Withheld ? this.#held.sent : undefined;
  }

  /** Nothing but letting it go, or its client's leaving, would end it. */
  get endless(): boolean {
    return this.#held !== undefined && !this.#held.endsByItself;
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
  readonly since: number;
  /** Set for one that has a time. */
  cancel: Cancel | undefined;
  readonly #rule: string;
  readonly #owner: WaitOwner;

  constructor(rule: string, since: number, owner: WaitOwner) {
    this.#rule = rule;
    this.since = since;
    this.#owner = owner;
  }

  get rules(): readonly string[] {
    return [this.#rule];
  }

  get endsByItself(): boolean {
    return this.cancel !== undefined;
  }

  get staysHeld(): boolean {
    return this.#owner.staysHeld;
  }

  get left(): boolean {
    return this.#owner.left;
  }

  get wasReset(): boolean {
    return this.#owner.wasReset;
  }

  goOn(how: 'answer' | undefined): void {
    this.end(how ?? 'due');
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
  readonly planned: PlannedDelivery;
  readonly sending: Sending;
  readonly owner: WithholdOwner;
}

/** Nobody but a client that is there has one. */
class Withheld implements Held {
  readonly since: number;
  readonly left = false;
  readonly #holds: Holds;
  readonly #parts: WithheldParts;

  constructor(holds: Holds, since: number, parts: WithheldParts) {
    this.#holds = holds;
    this.since = since;
    this.#parts = parts;
  }

  get rules(): readonly string[] {
    return this.#parts.planned.parts.map(({ strike }) => strike.rule.id);
  }

  get endsByItself(): boolean {
    return !this.#parts.sending.hangs;
  }

  get wasReset(): boolean {
    return this.#parts.owner.wasReset;
  }

  get staysHeld(): boolean {
    return deliveryNow(this.#parts.planned).ending === 'hang';
  }

  /** Bytes of body that were sent up to now. */
  get sent(): number {
    return this.#parts.sending.sent;
  }

  goOn(): void {
    const { planned, sending, owner } = this.#parts;
    if (sending.become(owner.goesOut(becomeNow(planned))) && !owner.left) this.#holds.add(this);
  }

  drop(): void {
    this.#parts.sending.stop();
    this.#parts.owner.dropped();
  }

  abandon(): void {
    this.#parts.sending.stop();
  }
}
