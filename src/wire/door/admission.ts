// What becomes of a connection between its accept and its first request: reset, parked, waiting for a slot, turned away, or served.
import type { Clock } from '../../base/clock.ts';
import type { Connection } from '../connection/connection.ts';
import type { FatePart } from '../connection/fate-part.ts';
import type { Holds } from '../held.ts';
import type { RuleRef } from '../rule-ref.ts';
import type { Strike } from '../strike.ts';
import type { Slots } from './door-conditions.ts';
import { ParkedConnections } from './parked-connections.ts';
import { SlotTable } from './slots.ts';

export interface AdmissionOptions {
  readonly holds: Holds;
  readonly clock: Clock;
  /** Takes over a connection that is to be served. */
  serve(connection: Connection, parts: readonly FatePart[], parked: ParkedConnections): void;
  /** Asked for every connection that comes to slots. */
  onSlots(connection: Connection, rule: RuleRef): Strike;
  /** There is no place any more, or one again, where the slots shut the door while they are full. */
  onFull(full: boolean): void;
}

export class Admission {
  readonly #options: AdmissionOptions;
  readonly #table = new SlotTable<Connection>();
  readonly #parked: ParkedConnections;
  #slots: Slots | undefined;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#parked = new ParkedConnections(options.holds, options.clock);
  }

  /** Connections that wait for a slot. */
  get waiting(): number {
    return this.#table.waiting;
  }

  /** Whether it is held before anything on it is served. */
  holds(connection: Connection): boolean {
    return this.#parked.has(connection);
  }

  /** Puts other slots in force, or none. */
  become(slots: Slots | undefined): void {
    this.#slots = slots;
    for (const connection of this.#table.become(slots)) this.#parked.callIn(connection);
    this.#tellWhetherFull();
  }

  /** A rule that has no unit of its limit left, or is over by then, leaves the way to the others. */
  admit(connection: Connection, parts: readonly FatePart[]): void {
    const inForce = parts.filter(({ strike }) => strike.rule.inForce);
    for (const { fate, strike } of inForce) {
      if (fate.admission !== 'reset' || !strike.take()) continue;
      connection.reset();
      strike.acted();
      return;
    }
    const parking = inForce.filter(({ fate }) => fate.admission === 'park');
    this.#parked.ignore(connection, parking, () => this.#enter(connection, inForce));
  }

  /** It is over, or takes no room any more. */
  leave(connection: Connection): void {
    this.#parked.leave(connection);
    for (const next of this.#table.leave(connection)) this.#parked.callIn(next);
    this.#tellWhetherFull();
  }

  /** Also for one that waited, when its turn has come or the rule of the slots is over. */
  #enter(connection: Connection, parts: readonly FatePart[]): void {
    if (connection.socket.destroyed || connection.released) return;
    const slots = this.#slots;
    const place = this.#table.enter(connection);
    this.#tellWhetherFull();
    if (place === 'serve' || !slots) {
      this.#serve(connection, parts);
      return;
    }
    const strike = this.#options.onSlots(connection, slots.rule);
    strike.take();
    if (place === 'wait') this.#wait(connection, parts, slots);
    else if (place === 'unavailable') {
      connection.limit().turnAway(strike); // acts where a request is told so
      this.#serve(connection, parts);
      return;
    } else connection.reset();
    strike.acted();
  }

  #wait(connection: Connection, parts: readonly FatePart[], { rule, slots }: Slots): void {
    const holder = {
      rule: rule.id,
      endsByItself: slots > 0,
      staysHeld: () => slots === 0 && this.#slots !== undefined,
    };
    this.#parked.hold(connection, holder, () => this.#enter(connection, parts)); // by the slots that there are then
  }

  #serve(connection: Connection, parts: readonly FatePart[]): void {
    this.#options.serve(connection, parts, this.#parked);
  }

  /** With the overflow `shut`, the listener is closed for as long as there is no place. */
  #tellWhetherFull(): void {
    this.#options.onFull(this.#slots?.overflow === 'shut' && this.#table.full);
  }
}
