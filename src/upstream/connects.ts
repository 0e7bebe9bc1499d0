// Connections before they have said a word: what rules make of them at accept and at slots, and of those that live already.
import type { Clock } from '../base/clock.ts';
import type { ArmedRule } from '../faults/armed-rule.ts';
import { type Engine, verdictOf } from '../faults/engine.ts';
import type { Journal } from '../journal/journal.ts';
import { arrivalOfConnection } from '../wire/arrival.ts';
import type { Cause } from '../wire/burden.ts';
import type { Connection } from '../wire/connection.ts';
import type { Strike } from '../wire/strike.ts';
import type { Verdict } from '../wire/verdict.ts';
import { ConnectionRecords } from './connection-records.ts';

export interface ConnectsSettings {
  readonly engine: Engine;
  readonly journal: Journal;
  readonly clock: Clock;
}

export interface Connects {
  /** What a gate asks about every connection that it accepts. */
  accept(connection: Connection): Verdict | undefined;
  /** What a gate asks about a connection for which there is no slot: the say that their rule has over it; undefined: none. */
  atSlots(connection: Connection, cause: Cause): Strike | undefined;
  /** Puts rules that have come into force on a connection that lives already: silence for one that would have been parked. False when none struck. */
  reachLiving(rules: readonly ArmedRule[], connection: Connection): boolean;
}

export function createConnects({ engine, journal, clock }: ConnectsSettings): Connects {
  const records = new ConnectionRecords(journal, clock);
  const meet = (connection: Connection, rules?: readonly ArmedRule[]): Verdict | undefined => {
    const entry = records.entryOf(connection);
    const plan = engine.meet(arrivalOfConnection(connection), { draws: entry, keeper: journal }, rules);
    if (!plan) return undefined;
    records.keep(
      connection,
      entry,
      plan.parts.map(({ strike }) => strike),
    );
    const parts = plan.parts.filter(({ strike }) => strike.take());
    for (const { strike } of parts) strike.acted(); // until whoever performs the fate says so
    return verdictOf(parts);
  };
  return {
    accept: (connection) => (engine.meetsConnections ? meet(connection) : undefined),
    atSlots(connection, cause) {
      const known = records.strikeOf(connection, cause);
      const rule = known ? undefined : engine.rules.find((one) => one === cause);
      if (!rule) return known;
      const entry = records.entryOf(connection);
      const strike = engine.strikeOf(rule, arrivalOfConnection(connection), { draws: entry, keeper: journal });
      if (strike) records.keep(connection, entry, [strike]);
      return strike;
    },
    reachLiving(rules, connection) {
      if (connection.socket.destroyed) return false;
      const reaching = rules.filter(({ armed, fault }) => armed.connect && !fault.inHandshake); // theirs is over
      const verdict = meet(connection, reaching);
      if (!verdict) return false;
      const { fate, cause, parts } = verdict;
      for (const part of parts) if (part.fate.life) connection.impose(part.cause, part.fate.life);
      if (fate.admission === 'reset') connection.reset();
      else if (fate.admission === 'park') connection.silence(cause);
      return true;
    },
  };
}
