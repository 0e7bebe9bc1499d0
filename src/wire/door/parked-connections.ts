// Connections that are held before they are served: parked by a rule, waiting for a slot, or stalled in a handshake.
import type { Clock } from '../../base/clock.ts';
import type { Connection } from '../connection/connection.ts';
import type { FatePart } from '../connection/fate-part.ts';
import type { Held, Holds } from '../held.ts';
import { park } from './parking.ts';

/** Who holds a connection. */
export interface Holder {
  readonly rule: string;
  /** It waits in a line that moves. */
  readonly endsByItself: boolean;
  /** Whether other rules hold it on once that one is over. */
  staysHeld(): boolean;
}

export class ParkedConnections {
  readonly #holds: Holds;
  readonly #clock: Clock;
  readonly #held = new Map<Connection, Held>();

  constructor(holds: Holds, clock: Clock) {
    this.#holds = holds;
    this.#clock = clock;
  }

  /** Parks a connection that has not found a slot, until it is let go, called in, or left; `then` finds it one. */
  hold(connection: Connection, holder: Holder, then: () => void): void {
    this.#park(connection, holder, then);
  }

  /**
   * Parks a connection that is not to be answered, by one of these rules until none of them is in force; what it says is
   * not read, which is when the rule acts, or leaves the way to the others if its limit is spent.
   */
  ignore(connection: Connection, parts: readonly FatePart[], then: () => void): void {
    const inForce = parts.filter(({ strike }) => strike.rule.inForce);
    const [by] = inForce;
    if (!by) {
      then();
      return;
    }
    let left = inForce;
    const staysHeld = (): boolean => left.some(({ strike }) => strike.rule.inForce);
    const goOn = (): void => this.ignore(connection, left, then);
    this.#park(connection, { rule: by.strike.rule.id, endsByItself: false, staysHeld }, goOn, () => {
      if (by.strike.take()) {
        by.strike.acted();
        return;
      }
      left = inForce.filter((part) => part !== by);
      this.callIn(connection);
    });
  }

  has(connection: Connection): boolean {
    return this.#held.has(connection);
  }

  /** Its turn has come. */
  callIn(connection: Connection): void {
    const held = this.#held.get(connection);
    if (held && this.#holds.take(held)) held.goOn(undefined);
  }

  /** It waits for nothing any more. */
  leave(connection: Connection): void {
    const held = this.#held.get(connection);
    if (held && this.#held.delete(connection)) this.#holds.take(held);
  }

  #park(connection: Connection, holder: Holder, then: () => void, spoke?: () => void): void {
    const parked = park(connection.socket, spoke);
    const held: Held = {
      rules: [holder.rule],
      since: this.#clock.now(),
      left: false,
      get wasReset() {
        return connection.ended === 'reset';
      },
      endsByItself: holder.endsByItself,
      get staysHeld() {
        return holder.staysHeld();
      },
      goOn: () => {
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
