// All doors of the upstream together: opened, brought to what rules want, asked about their connections, and cut.
import type { Clock } from '../../base/clock.ts';
import type { ArmedRule } from '../../faults/armed-rule.ts';
import type { Engine } from '../../faults/engine.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Connection } from '../../wire/connection/connection.ts';
import type { OnRequest } from '../../wire/connection/http.ts';
import type { Secure } from '../../wire/connection/secure.ts';
import { type ConnectionMatch, fitsConnection } from '../../wire/door/connection-match.ts';
import type { DarkPlaces } from '../../wire/door/dark-places.ts';
import { Door, type DoorNews } from '../../wire/door/door.ts';
import type { FloodProcess } from '../../wire/door/flood-process.ts';
import type { MaxConnections } from '../../wire/door/max-connections.ts';
import type { Holds } from '../../wire/held.ts';
import { cutInSlices, inSlices } from '../../wire/slices.ts';
import { ConnectionRules } from './connection-rules.ts';

export interface DoorAddress {
  readonly name: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly secure?: Secure | undefined;
}

/** A door's port cannot be had; the cause is the system's error. */
export class DoorUnopened extends Error {
  override readonly name = 'DoorUnopened';
  readonly door: string;
  readonly address: Pick<DoorAddress, 'host' | 'port'>;

  constructor({ name, host, port }: DoorAddress, cause: unknown) {
    super(`the door ${name} cannot be opened`, { cause });
    this.door = name;
    this.address = { host, port };
  }
}

export interface DoorsSettings {
  readonly doors: readonly DoorAddress[];
  readonly limit: MaxConnections;
  /** Where their floods come from, and perhaps those of others. */
  readonly floodProcess: FloodProcess;
  /** How many of all doors may be dark. */
  readonly darkPlaces: DarkPlaces;
  readonly clock: Clock;
  readonly world: { readonly engine: Engine; readonly journal: Journal; readonly holds: Holds };
  readonly onRequest: OnRequest;
  onDoor(door: string, news: DoorNews, facts: object): void;
}

export class Doors {
  readonly all: readonly Door[];
  readonly #engine: Engine;
  readonly #connectionRules: ConnectionRules;
  readonly #addresses: readonly DoorAddress[];
  readonly #limit: MaxConnections;
  #areOpen = false;
  #settled: Promise<unknown> = Promise.resolve();

  constructor({ doors, limit, floodProcess, darkPlaces, clock, world, onRequest, onDoor }: DoorsSettings) {
    const { engine, journal, holds } = world;
    const connectionRules = new ConnectionRules({ engine, journal, clock });
    this.#connectionRules = connectionRules;
    this.#engine = engine;
    this.#addresses = doors;
    this.#limit = limit;
    this.all = doors.map(
      ({ name, host, port, secure }) =>
        new Door({
          name,
          host,
          port,
          clock,
          holds,
          limit,
          floodProcess,
          darkPlaces,
          secure,
          onRequest,
          onConnect: (connection) => connectionRules.accept(connection),
          onSlots: (connection, rule) => connectionRules.atSlots(connection, rule),
          onDoor: (state, facts) => onDoor(name, state, facts),
        }),
    );
    engine.changed.subscribe(() => this.#applyConditions());
  }

  get names(): readonly string[] {
    return this.all.map(({ name }) => name);
  }

  /** Rejects with a DoorUnopened when a port cannot be had; those opened before stay open until `close`. */
  async open(): Promise<void> {
    for (const [index, address] of this.#addresses.entries()) {
      await this.all[index]?.open().catch((error: unknown) => {
        throw new DoorUnopened(address, error);
      });
    }
    this.#areOpen = true;
    this.#applyConditions();
    await this.#settled;
  }

  /** Resolves when every door is as rules want it, or has said that it cannot be yet. */
  async settled(): Promise<void> {
    await this.#settled;
  }

  get connections(): readonly Connection[] {
    return this.all.flatMap(({ connections }) => [...connections]);
  }

  get count(): number {
    return this.all.reduce((sum, { connections }) => sum + connections.size, 0);
  }

  /** Connections that may still come. */
  get room(): number {
    return this.#limit.room;
  }

  /** Names of those that no rule wants dark, whether they are open yet or not. */
  get notDark(): readonly string[] {
    return this.names.filter((door) => this.#engine.conditionsAt(door).door !== 'dark');
  }

  /** Of them, those of floods. */
  get floodCount(): number {
    return this.all.reduce((sum, { floodConnections }) => sum + floodConnections, 0);
  }

  /** How many are open and how many there ever were, of clients and of floods apart. */
  get tally() {
    const tally = { open: 0, flood: 0, opened: 0, closed: 0 };
    for (const { connections, floodConnections, accepted, floodAccepted } of this.all) {
      const open = connections.size - floodConnections;
      tally.open += open;
      tally.flood += floodConnections;
      tally.opened += accepted - floodAccepted;
      tally.closed += accepted - floodAccepted - open;
    }
    return tally;
  }

  /** Connections found over without having said so, since the start. */
  get ghosts(): number {
    return this.all.reduce((sum, { ghosts }) => sum + ghosts, 0);
  }

  /** What is wrong with the doors themselves, or with the records of their connections, in words. */
  get troubles(): string[] {
    return this.all.flatMap(({ trouble, badBooks }) => [trouble, badBooks]).filter((words) => words !== undefined);
  }

  /** The oldest first. */
  livingConnections() {
    const living = this.all.flatMap((door) =>
      [...door.connections].map((connection) => {
        const { id, remote, openedAt, requests, underWay, flood, lingering } = connection;
        const waiting = door.isWaiting(connection);
        return {
          id,
          door: connection.door,
          remote,
          openedAt,
          requests,
          underWay: underWay.length,
          flood,
          waiting,
          lingering,
        };
      }),
    );
    return living.sort((one, other) => one.id - other.id);
  }

  /** Puts rules on the connections that are there already; gives the ids of those that they struck. */
  async reachLiving(rules: readonly ArmedRule[]): Promise<ReadonlySet<number>> {
    const struck = new Set<number>();
    await inSlices(this.connections, (connection) => {
      if (this.#connectionRules.reachLiving(connection, rules)) struck.add(connection.id);
    });
    return struck;
  }

  /** Resets connections that are there and fit every match; gives how many. */
  async sever(matches: readonly ConnectionMatch[]): Promise<number> {
    const fits = fitsConnection(matches);
    const leaving = this.connections.filter((connection) => !connection.socket.destroyed && fits(connection));
    const { length: count } = leaving.filter(({ lingering }) => !lingering); // the others' clients have gone already
    await cutInSlices(leaving, (connection) => connection.reset());
    return count;
  }

  /** Ends every request of a world under way whose work is not done yet without an answer; gives how many. */
  async dropUnderWay(world: object): Promise<number> {
    let dropped = 0;
    const busy = this.connections.filter(({ underWay }) => underWay.some((request) => request.world === world));
    await cutInSlices(busy, ({ underWay }) => {
      for (const request of underWay) if (request.world === world && request.drop()) dropped++;
    });
    return dropped;
  }

  async close(): Promise<void> {
    this.#areOpen = false;
    await Promise.all(this.all.map((door) => door.close()));
  }

  /** What rules want of doors that are not open yet is looked at when they are. */
  #applyConditions(): void {
    if (!this.#areOpen) return;
    const settling = this.all.map((door) => door.become(this.#engine.conditionsAt(door.name)));
    this.#settled = Promise.all(this.#engine.rules.length === 0 ? [...settling, this.#endLingering()] : settling);
  }

  /** With no rule in force nothing keeps a socket silent whose client has gone, and it takes the room of another. */
  async #endLingering(): Promise<void> {
    const leaving = this.connections.filter(({ lingering }) => lingering);
    await cutInSlices(leaving, (connection) => connection.reset());
  }
}
