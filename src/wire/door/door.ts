// A door of the upstream: accepts sockets, knows every one of them, and hands their requests on.
import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import { Connection, connectionOf } from '../connection/connection.ts';
import type { FatePart } from '../connection/fate-part.ts';
import { createHttp, type OnRequest } from '../connection/http.ts';
import type { Keeper } from '../connection/keeper.ts';
import type { Secure } from '../connection/secure.ts';
import type { Holds } from '../held.ts';
import type { RuleRef } from '../rule-ref.ts';
import { cutInSlices } from '../slices.ts';
import type { Strike } from '../strike.ts';
import { Admission } from './admission.ts';
import type { DarkPlaces } from './dark-places.ts';
import type { DoorConditions } from './door-conditions.ts';
import type { FloodProcess } from './flood-process.ts';
import { Floods } from './floods.ts';
import { Listener } from './listener.ts';
import type { Bounded, MaxConnections } from './max-connections.ts';
import { Sweep } from './sweep.ts';

/**
 * What a door tells: it is full, with the process or with its share, or has room again; it is stuck on the way to what rules want, or got there after all;
 * the flood in front of it is not what its rule says.
 */
export type DoorNews = 'full' | 'share-full' | 'room' | 'stuck' | 'mended' | 'flood-fails';

export interface DoorOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly holds: Holds;
  readonly limit: MaxConnections;
  /** Where floods of all doors come from. */
  readonly floodProcess: FloodProcess;
  /** Of all doors. */
  readonly darkPlaces: DarkPlaces;
  /** Speaks TLS on this door. */
  readonly secure?: Secure | undefined;
  readonly onRequest: OnRequest;
  /** Asked once for every connection, as it is accepted: what rules make of it. */
  onConnect(connection: Connection): readonly FatePart[];
  /** Asked for every connection that finds no slot, with their rule. */
  onSlots(connection: Connection, rule: RuleRef): Strike;
  onDoor(state: DoorNews, facts: object): void;
}

export class Door {
  readonly connections = new Set<Connection>();
  /** Connections ever accepted. */
  accepted = 0;
  /** Of these, those of floods of ours. */
  floodAccepted = 0;
  /** Open connections that come from a flood of ours. */
  floodConnections = 0;
  readonly #options: DoorOptions;
  readonly #listener: Listener;
  readonly #floods: Floods;
  readonly #admission: Admission;
  readonly #sweep: Sweep;
  readonly #hand: (socket: Socket) => void;
  readonly #keeper: Keeper<Connection>;
  readonly #bounded: Bounded = {
    fill: ({ isShare, size: connections, max }) => {
      this.#listener.closeFor('full');
      this.#options.onDoor(isShare ? 'share-full' : 'full', { connections, max });
    },
    makeRoom: ({ size: connections, max }) => {
      this.#listener.reopenFor('full');
      this.#options.onDoor('room', { connections, max });
    },
  };

  constructor(options: DoorOptions) {
    this.#options = options;
    const { host, port, clock, limit, darkPlaces } = options;
    const http = createHttp(options.onRequest, clock);
    this.#hand = (socket) => {
      http.emit('connection', socket);
      connectionOf(socket).limits?.settle(); // what slows its reading has been waiting for this
      if (socket.isPaused()) socket.resume(); // one that was parked stands still
    };
    this.#listener = new Listener({
      host,
      port,
      clock,
      darkPlaces,
      onSocket: (socket) => this.#accept(socket),
      onTrouble: (error, wanted) => options.onDoor('stuck', { wanted, err: error }),
      onMended: (is) => options.onDoor('mended', { is }),
    });
    this.#floods = new Floods({
      host,
      port: () => this.#listener.port,
      secure: options.secure !== undefined,
      sweep: () =>
        cutInSlices(
          [...this.connections].filter(({ flood }) => flood),
          (connection) => connection.reset(),
        ),
      clock,
      process: options.floodProcess,
      onTrouble: (flood, reason) => options.onDoor('flood-fails', { rule: flood.rule.id, reason }),
    });
    this.#admission = new Admission({
      holds: options.holds,
      clock,
      serve: (connection, parts, parked) => {
        if (options.secure) options.secure.greet({ connection, parts, parked, speak: this.#hand });
        else this.#hand(connection.socket);
      },
      onSlots: options.onSlots,
      onFull: (full) => (full ? this.#listener.closeFor('slots') : this.#listener.reopenFor('slots')),
    });
    this.#sweep = new Sweep(clock, this.connections);
    this.#keeper = {
      holds: options.holds,
      gone: (connection) => this.#gone(connection),
      vacated: (connection) => this.#admission.leave(connection),
      parks: (connection) => this.#admission.holds(connection),
      lost: () => this.#sweep.lost(),
    };
    limit.join(this.#bounded);
  }

  get name(): string {
    return this.#options.name;
  }

  get port(): number {
    return this.#listener.port;
  }

  /** What is wrong with the door itself; undefined when it is as it should be, also when rules have shut it. */
  get trouble(): string | undefined {
    const { trouble } = this.#listener;
    return trouble && `door ${this.name} cannot be brought to what is wanted: ${trouble.message}`;
  }

  /** What is wrong with the records of its connections; undefined when nothing is. */
  get badBooks(): string | undefined {
    const words = this.#sweep.trouble;
    return words && `door ${this.name}: ${words}`;
  }

  /** Connections found over without having said so, since the start. */
  get ghosts(): number {
    return this.#sweep.found;
  }

  /** Connections that wait for a slot. */
  get waiting(): number {
    return this.#admission.waiting;
  }

  /** Whether it is held before anything on it is served. */
  isWaiting(connection: Connection): boolean {
    return this.#admission.holds(connection);
  }

  /** Rejects with the system's error when the port cannot be had. */
  open(): Promise<void> {
    return this.#listener.open();
  }

  /** Brings the door to the conditions that rules want; resolves when it is so, or cannot be yet. */
  async become(conditions: DoorConditions): Promise<void> {
    for (const connection of this.connections) connection.limits?.settle();
    this.#admission.become(conditions.slots);
    this.#floods.become(conditions.floods);
    await this.#listener.want(conditions.door);
  }

  /** Ends all connections at once; nothing is flushed. */
  async close(): Promise<void> {
    this.#options.limit.part(this.#bounded);
    this.#floods.close();
    this.#sweep.stop();
    const closed = this.#listener.close();
    for (const connection of this.connections) connection.reset();
    await closed;
  }

  #accept(socket: Socket): void {
    const { name: door, clock, limit, onConnect } = this.#options;
    this.accepted++;
    const connection = new Connection({ id: limit.enter(), door, socket, clock, keeper: this.#keeper });
    this.connections.add(connection);
    if (connection.flood) {
      this.floodAccepted++;
      this.floodConnections++;
    }
    const parts = onConnect(connection);
    for (const { fate, strike } of parts) if (fate.life) connection.limit().impose(strike, fate.life);
    this.#admission.admit(connection, parts);
  }

  #gone(connection: Connection): void {
    this.connections.delete(connection);
    if (connection.flood) this.floodConnections--;
    this.#options.limit.leave();
    this.#admission.leave(connection);
  }
}
