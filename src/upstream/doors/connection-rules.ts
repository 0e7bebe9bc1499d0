// What rules make of connections: at accept, at slots, and while they live.
import type { Clock } from '../../base/clock.ts';
import type { ArmedRule } from '../../faults/armed-rule.ts';
import type { Engine } from '../../faults/engine.ts';
import type { Journal } from '../../journal/journal.ts';
import { arrivalOfConnection } from '../../wire/arrival.ts';
import type { Connection } from '../../wire/connection/connection.ts';
import type { FatePart } from '../../wire/connection/fate-part.ts';
import type { RuleRef } from '../../wire/rule-ref.ts';
import { type Strike, uncounted } from '../../wire/strike.ts';
import { ConnectionRecords } from './connection-records.ts';

export interface ConnectionRulesSettings {
  readonly engine: Engine;
  readonly journal: Journal;
  readonly clock: Clock;
}

const NO_PARTS: readonly FatePart[] = Object.freeze([]);

export class ConnectionRules {
  readonly #engine: Engine;
  readonly #journal: Journal;
  readonly #records: ConnectionRecords;

  constructor({ engine, journal, clock }: ConnectionRulesSettings) {
    this.#engine = engine;
    this.#journal = journal;
    this.#records = new ConnectionRecords(journal, clock);
  }

  /** What a door asks about every connection that it accepts. */
  accept(connection: Connection): readonly FatePart[] {
    return (this.#engine.meetsConnections && this.#meet(connection)) || NO_PARTS;
  }

  /** What a door asks about a connection that finds no slot: the say that their rule has over it. */
  atSlots(connection: Connection, rule: RuleRef): Strike {
    const known = this.#records.strikeOf(connection, rule);
    const armed = this.#engine.rules.find((one) => one === rule);
    if (known || !armed) return known ?? uncounted(rule);
    const entry = this.#records.entryOf(connection);
    const written = { draws: entry, keeper: this.#journal };
    const strike = this.#engine.strikeOf(armed, arrivalOfConnection(connection), written);
    if (strike) this.#records.keep(connection, entry, [strike]);
    return strike ?? uncounted(rule);
  }

  /** Puts rules that have come into force on a connection that lives already: silence for one that would have been parked. False when none struck. */
  reachLiving(connection: Connection, rules: readonly ArmedRule[]): boolean {
    if (connection.socket.destroyed) return false;
    const reaching = rules.filter(({ armed, fault }) => armed.connect && !fault.inHandshake); // theirs is over
    const parts = this.#meet(connection, reaching) ?? NO_PARTS;
    for (const { fate, strike } of parts) {
      if (fate.life) connection.limit().impose(strike, fate.life);
      if (fate.admission === 'park') connection.limit().silence(strike);
      else if (fate.admission === 'reset' && !connection.socket.destroyed && strike.take()) {
        strike.acted(); // first, or its end would be written before
        connection.reset();
      }
    }
    return parts.length > 0;
  }

  #meet(connection: Connection, rules?: readonly ArmedRule[]): readonly FatePart[] | undefined {
    const entry = this.#records.entryOf(connection);
    const written = { draws: entry, keeper: this.#journal };
    const parts = this.#engine.meet(arrivalOfConnection(connection), written, rules);
    if (parts)
      this.#records.keep(
        connection,
        entry,
        parts.map(({ strike }) => strike),
      );
    return parts;
  }
}
