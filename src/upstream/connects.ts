// Connections before they have said a word: what rules make of them at accept, and of those that live already.
import type { Clock } from '../base/clock.ts';
import type { ArmedRule } from '../faults/armed-rule.ts';
import { type Engine, verdictOf } from '../faults/engine.ts';
import type { End } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import { arrivalOfConnection } from '../wire/arrival.ts';
import type { Cause } from '../wire/cause.ts';
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
    if (!engine.meetsConnections) return undefined;
    const entry = connectionEntry(connection);
    const plan = engine.meet(arrivalOfConnection(connection), { draws: entry, keeper: journal });
    if (!plan) return undefined;
    journal.open(entry);
    closeAtItsEnd(connection, () => {
      for (const { strike } of plan.parts) strike.giveBack();
      journal.close(entry, ...endOf(connection, clock));
    });
    return verdictOf(plan.parts);
  };
}

/** What a gate asks about a connection that finds no slot: the say that their rule has over it. */
export function createSlotStrikes({ engine, journal, clock }: ConnectsSettings) {
  return (connection: Connection, cause: Cause): Strike => {
    const rule = engine.rules.find((one) => one === cause);
    const entry = connectionEntry(connection);
    const written = { draws: entry, keeper: journal };
    const strike = rule && engine.strikeOf(rule, arrivalOfConnection(connection), written);
    if (!strike) return uncounted(cause);
    journal.open(entry);
    closeAtItsEnd(connection, () => {
      strike.giveBack();
      journal.close(entry, ...endOf(connection, clock));
    });
    return strike;
  };
}

function closeAtItsEnd(connection: Connection, close: () => void): void {
  const before = connection.whenOver;
  connection.whenOver = () => {
    before?.();
    close();
  };
}

/** How a connection that was struck has ended, and when. */
function endOf({ ended, finAt }: Connection, clock: Clock): [End, number] {
  return ended === undefined ? ['client-left', finAt ?? clock.now()] : [ended, clock.now()];
}

/** Puts rules that have come into force on a connection that lives already: silence for one that would have been parked. False when none struck. */
export function reachLiving(engine: Engine, rules: readonly ArmedRule[], connection: Connection): boolean {
  const plan = engine.meet(
    arrivalOfConnection(connection),
    {},
    rules.filter(({ armed, fault }) => armed.connect && !fault.inHandshake), // theirs is over
  );
  if (!plan || plan.parts.length === 0) return false;
  for (const { fate, strike } of plan.parts) {
    if (fate.life) connection.impose(strike, fate.life);
    if (fate.admission === 'park') connection.silence(strike);
    else if (fate.admission === 'reset' && !connection.socket.destroyed && strike.take()) {
      connection.reset();
      strike.acted();
    }
  }
  return true;
}
