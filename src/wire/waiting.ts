// Connections that are held before they are served: parked by a rule, waiting for a slot, or stalled in a handshake.
import type { Clock } from '../base/clock.ts';
import type { Connection } from './connection.ts';
import type { Held, Holds } from './held.ts';
import { park } from './parking.ts';
import type { FatePart } from './verdict.ts';

/** Who holds a connection. */
export interface Holder {
  readonly rule: string;
  /** It waits in a line that moves. */
  readonly endsByItself: boolean;
  /** Whether other rules hold it on once that one is over. */
  staysHeld(): boolean;
}

export class WaitingRoom {
  readonly #holds: Holds;
  readonly #clock: Clock;
  readonly #held = new Map<Connection, Held>();

  constructor(holds: Holds, clock: Clock) {
    this.#holds = holds;
    this.#clock = clock;
  }

  /** Parks a connection until it is let go, called in, or left; `then` serves it. */
  hold(connection: Connection, holder: Holder, then: () => void): void {
    const parked = park(connection.socket, () => {
      this.#holds.take(held);
      this.#held.delete(connection);
    });
    const held: Held = {
      rules: [holder.rule],
      since: this.#clock.now(),
      left: false,
      endsByItself: holder.endsByItself,
      get staysHeld() {
        return holder.staysHeld();
      },
      goOn: () => {
        this.#held.delete(connection);
        parked.unpark();
        then();
      },
      drop: () => connection.reset(),
    };
    this.#held.set(connection, held);
    this.#holds.add(held);
  }

  /** Held by one of the rules that want it parked, until none of them does. */
  park(connection: Connection, parts: readonly FatePart[], then: () => void): void {
    const parking = () => parts.find(({ cause, fate }) => cause.inForce && fate.admission === 'park');
    const by = parking();
    if (!by) then();
    else
      this.hold(connection, { rule: by.cause.id, endsByItself: false, staysHeld: () => parking() !== undefined }, () =>
        this.park(connection, parts, then),
      );
  }

  has(connection: Connection): boolean {
    return this.#held.has(connection);
  }

  /** Its turn has come. */
  callIn(connection: Connection): void {
    const held = this.#held.get(connection);
    if (held && this.#holds.take(held)) held.goOn(undefined);
  }
}
