// Connections that are held before they are served: parked by a rule, waiting for a slot, or stalled in a handshake.
import type { Clock } from '../base/clock.ts';
import type { Connection } from './connection.ts';
import type { Held, Holds } from './held.ts';
import { park } from './parking.ts';
import type { Strike } from './strike.ts';

export class WaitingRoom {
  readonly #holds: Holds;
  readonly #clock: Clock;
  readonly #held = new Map<Connection, Held>();

  constructor(holds: Holds, clock: Clock) {
    this.#holds = holds;
    this.#clock = clock;
  }

  /** Parks a connection that has not found a slot, until it is let go, called in, or left; `then` serves it. */
  hold(connection: Connection, rule: string, then: () => void): void {
    this.#park(connection, rule, then);
  }

  /** Parks a connection that is not to be answered; what it says is not read, which is when the rule acts. */
  ignore(connection: Connection, strike: Strike, then: () => void): void {
    this.#park(connection, strike.rule.id, then, () => {
      if (strike.take()) strike.acted();
      else this.callIn(connection);
    });
  }

  has(connection: Connection): boolean {
    return this.#held.has(connection);
  }

  /** Its turn has come. */
  callIn(connection: Connection): void {
    const held = this.#held.get(connection);
    if (held && this.#holds.take(held)) held.answer();
  }

  /** It waits for nothing any more. */
  leave(connection: Connection): void {
    const held = this.#held.get(connection);
    if (held && this.#held.delete(connection)) this.#holds.take(held);
  }

  #park(connection: Connection, rule: string, then: () => void, spoke?: () => void): void {
    const parked = park(connection.socket, spoke);
    const held: Held = {
      rule,
      since: this.#clock.now(),
      answer: () => {
        this.#held.delete(connection);
        parked.unpark();
        if (!connection.socket.destroyed) then();
      },
      drop: () => connection.reset(),
    };
    this.#held.set(connection, held);
    this.#holds.add(held);
  }
}
