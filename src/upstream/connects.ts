// Connections before they have said a word: what rules make of them at accept, and of those that live already.
import type { Clock } from '../base/clock.ts';
import type { ArmedRule } from '../faults/armed-rule.ts';
import type { Engine } from '../faults/engine.ts';
import type { Journal } from '../journal/journal.ts';
import { arrivalOfConnection } from '../wire/arrival.ts';
import type { Cause } from '../wire/burden.ts';
import type { Connection } from '../wire/connection.ts';
import { type Strike, uncounted } from '../wire/strike.ts';
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
    const plan = engine.meet(arrivalOfConnection(connection));
    if (!plan) return undefined;
    const entry = connectionEntry(connection);
    entry.hits = plan.hits.map(({ note }) => note);
    entry.spared = plan.spared;
    journal.open(entry);
    connection.whenOver = () => {
      for (const { strike } of plan.parts) strike.giveBack();
      const { ended = 'client-left', finAt } = connection;
      journal.close(entry, ended, (ended === 'client-left' && finAt) || clock.now());
    };
    return plan.cause && { fate: plan.fate, cause: plan.cause, parts: plan.parts };
  };
}

/** What a gate asks about a connection that comes to slots: the say that their rule has over it. */
export function strikeOfSlots(_connection: Connection, cause: Cause): Strike {
  return uncounted(cause);
}

/** Puts rules that have come into force on a connection that lives already: silence for one that would have been parked. */
export function reachLiving(engine: Engine, rules: readonly ArmedRule[], connection: Connection): void {
  const plan = engine.meet(
    arrivalOfConnection(connection),
    rules.filter(({ armed, fault }) => armed.connect && !fault.inHandshake), // theirs is over
  );
  if (!plan?.cause) return;
  for (const { fate, strike } of plan.parts) {
    if (fate.life) connection.impose(strike, fate.life);
    if (fate.admission === 'park') connection.silence(strike);
    else if (fate.admission === 'reset' && strike.take()) {
      connection.reset();
      strike.acted();
    }
  }
}
