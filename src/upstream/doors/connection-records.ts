// The journal entry of a connection that rules strike: one, however many of them do, until its end.
import type { Clock } from '../../base/clock.ts';
import type { ConnectionEntry } from '../../journal/entry.ts';
import type { Journal } from '../../journal/journal.ts';
import { newConnection } from '../../journal/new-entry.ts';
import type { Connection } from '../../wire/connection/connection.ts';
import type { RuleRef } from '../../wire/rule-ref.ts';
import type { Strike } from '../../wire/strike.ts';

interface OpenRecord {
  readonly entry: ConnectionEntry;
  readonly strikes: Strike[];
}

export class ConnectionRecords {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #kept = new WeakMap<Connection, OpenRecord>();

  constructor(journal: Journal, clock: Clock) {
    this.#journal = journal;
    this.#clock = clock;
  }

  /** The one that it has, or one that is kept if anything is to be written in it. */
  entryOf(connection: Connection): ConnectionEntry {
    return this.#kept.get(connection)?.entry ?? entryFor(connection);
  }

  /** The one that a rule has over it already. */
  strikeOf(connection: Connection, rule: RuleRef): Strike | undefined {
    return this.#kept.get(connection)?.strikes.find((strike) => strike.rule === rule);
  }

  /** Keeps its entry; strikes that have not acted by its end are given back then. */
  keep(connection: Connection, entry: ConnectionEntry, strikes: readonly Strike[]): void {
    const kept = this.#kept.get(connection);
    if (kept) kept.strikes.push(...strikes);
    else this.#begin(connection, { entry, strikes: [...strikes] });
  }

  #begin(connection: Connection, kept: OpenRecord): void {
    this.#kept.set(connection, kept);
    this.#journal.open(kept.entry);
    connection.whenOver = () => {
      for (const strike of kept.strikes) strike.giveBack();
      const { ended = 'client-left', finAt } = connection;
      this.#journal.close(kept.entry, ended, (ended === 'client-left' ? finAt : null) ?? this.#clock.now());
    };
  }
}

const entryFor = ({ openedAt, door, id, remote }: Connection): ConnectionEntry =>
  newConnection({ at: openedAt, door, connection: id, remote });
