// Connections that are held before they are served: parked by a rule, waiting for a slot, or stalled in a handshake.
import type { Clock } from '../base/clock.ts';
import type { Connection } from './connection.ts';
import type { Held, Holds } from './held.ts';
import { park } from './parking.ts';

export class WaitingRoom {
  readonly #holds: Holds;
  readonly #clock: Clock;
  readonly #held = new Map<Connection, Held>();

  constructor(holds: Holds, clock: Clock) {
    this.#holds = holds;
    this.#clock = clock;
  }

  /** Parks a connection until it is let go, called in, or left; `then` serves it. */
  hold(connection: Connection, rule: string, then: () => void): void {
    const parked = park(connection.socket, () => {
      this.#holds.take(held);
      this.#held.delete(connection);
    });
    const held: Held = {
      rule,
      since: this.#clock.now(),
      answer: () => {
        this.#held.delete(connection);
        parked.unpark();
        then();
      },
      drop: () => connection.reset(),
    };
    this.#held.set(connection, held);
    this.#holds.add(held);
  }

  has(connection: Connection): boolean {
    return this.#held.has(connection);
  }

  /** Its turn has come. */
  callIn(connection: Connection): void {
    const held = this.#held.get(connection);
    if (held && this.#holds.take(held)) held.answer();
  }
}
