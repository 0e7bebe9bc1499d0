// Connections before they have said a word: what rules make of them at accept, and of those that live already.
import type { Clock } from '../base/clock.ts';
import type { ArmedRule } from '../faults/armed-rule.ts';
import { type Engine, verdictOf } from '../faults/engine.ts';
import type { Journal } from '../journal/journal.ts';
import { arrivalOfConnection } from '../wire/arrival.ts';
import type { Connection } from '../wire/connection.ts';
import type { Verdict } from '../wire/verdict.ts';
import { connectionEntry } from './reception.ts';

export interface ConnectsSettings {
  readonly engine: Engine;
  readonly journal: Journal;
  readonly clock: Clock;
}

/** What a gate asks about every connection that it accepts. */
export function createConnects({ engine, journal, clock }: ConnectsSettings) {
  return (connection: Connection): Verdict | undefined => {
    if (!engine.meetsConnections) return undefined;
    const entry = connectionEntry(connection);
    const plan = engine.meet(arrivalOfConnection(connection), { draws: entry, keeper: journal });
    if (!plan) return undefined;
    journal.open(entry);
    connection.socket.once('close', () => {
      for (const { strike } of plan.parts) strike.giveBack();
      journal.close(entry, connection.ended ?? 'client-left', clock.now());
    });
    const parts = plan.parts.filter(({ strike }) => strike.take());
    for (const { strike } of parts) strike.acted(); // until whoever performs the fate says so
    return verdictOf(parts);
  };
}

/** Puts rules that have come into force on a connection that lives already: silence for one that would have been parked. False when none struck. */
export function reachLiving(engine: Engine, rules: readonly ArmedRule[], connection: Connection): boolean {
  const plan = engine.meet(
    arrivalOfConnection(connection),
    {},
    rules.filter(({ armed, fault }) => armed.connect && !fault.inHandshake), // theirs is over
  );
  const verdict = verdictOf(plan?.parts.filter(({ strike }) => strike.take()) ?? []);
  if (!verdict || connection.socket.destroyed) return false;
  const { fate, cause, parts } = verdict;
  for (const { strike } of parts) strike.acted(); // until whoever performs the fate says so
  for (const part of parts) if (part.fate.life) connection.impose(part.cause, part.fate.life);
  if (fate.admission === 'reset') connection.reset();
  else if (fate.admission === 'park') connection.silence(cause);
  return true;
}
