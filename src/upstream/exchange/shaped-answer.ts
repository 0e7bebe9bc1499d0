// An answer on its way out in a shape that rules want; while they hold it back, it is among the holds of its world.
import type { Clock } from '../../base/clock.ts';
import { becomeNow, deliveryNow, type PlannedDelivery } from '../../faults/planned-delivery.ts';
import type { Delivery } from '../../wire/answer/delivery.ts';
import type { Sending, SendOptions, Sent } from '../../wire/answer/writer.ts';
import type { Connection } from '../../wire/connection/connection.ts';
import type { Held, Holds } from '../../wire/held.ts';

/** Whoever answers. */
export interface Answerer {
  /** The client is gone. */
  readonly left: boolean;
  /** By a reset of ours. */
  readonly wasReset: boolean;
  /** The client is gone, or has shut its side and is taken for gone until it takes an answer. */
  readonly looksLeft: boolean;
  /** It goes on, as this delivery says; gives it as it can be had on its connection. */
  goesOut(delivery: Delivery): Delivery;
  /** All that is let through is out; `whole`: it was to be the whole answer. */
  sent(how: Sent, bytes: number, whole: boolean): void;
  /** It is held back without end, and nobody is there to wait for it. */
  forsaken(): void;
  dropped(): void;
}

interface ShapedParts {
  readonly answerer: Answerer;
  readonly planned: PlannedDelivery;
  readonly holds: Holds;
  readonly clock: Clock;
  readonly connection: Connection;
  readonly headOnly: boolean;
}

/** Fields instead of closures: fifteen thousand of these may be held at once. */
export class ShapedAnswer implements SendOptions, Held {
  readonly clock: Clock;
  readonly connection: Connection;
  readonly headOnly: boolean;
  since = 0;
  readonly #answerer: Answerer;
  readonly #planned: PlannedDelivery;
  readonly #holds: Holds;
  /** Set while it is held back. */
  #sending: Sending | undefined;

  constructor({ answerer, planned, holds, clock, connection, headOnly }: ShapedParts) {
    this.#answerer = answerer;
    this.#planned = planned;
    this.#holds = holds;
    this.clock = clock;
    this.connection = connection;
    this.headOnly = headOnly;
  }

  /** Bytes of body that were sent up to now of one that is held back; undefined when it is not. */
  get bytesSent(): number | undefined {
    return this.#sending?.sent;
  }

  /** Nothing but its release, or its client's leaving, would end it. */
  get endless(): boolean {
    return this.#sending?.hangs ?? false;
  }

  done(how: Sent, bytes: number): void {
    this.over();
    this.#answerer.sent(how, bytes, this.#planned.delivery.ending === 'keep');
  }

  ending(): void {
    for (const strike of this.#planned.atItsEnd) if (strike.open) strike.acted();
  }

  held(sending: Sending): void {
    if (sending.hangs && this.#answerer.looksLeft) {
      sending.stop();
      this.#answerer.forsaken();
      return;
    }
    if (this.#sending) return; // it dripped, and stalls now
    this.#sending = sending;
    this.since = this.clock.now();
    this.#holds.add(this);
  }

  /** The exchange has ended, or its client has left. */
  over(): void {
    const sending = this.#sending;
    this.#sending = undefined;
    if (this.#holds.take(this)) sending?.stop();
  }

  get rules(): readonly string[] {
    return this.#planned.parts.map(({ strike }) => strike.rule.id);
  }

  get endsByItself(): boolean {
    return !this.endless;
  }

  /** Nobody but a client that is there is held on the way out. */
  get left(): boolean {
    return false;
  }

  get wasReset(): boolean {
    return this.#answerer.wasReset;
  }

  get staysHeld(): boolean {
    return deliveryNow(this.#planned).ending === 'hang';
  }

  goOn(): void {
    const delivery = this.#answerer.goesOut(becomeNow(this.#planned));
    if (this.#sending?.become(delivery) && !this.#answerer.left) this.#holds.add(this);
  }

  drop(): void {
    this.#sending?.stop();
    this.#answerer.dropped();
  }
}
