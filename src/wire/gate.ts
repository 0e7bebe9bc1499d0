// A door of the upstream: accepts sockets, knows every one of them, and hands their requests on.
import type { Socket } from 'node:net';
import type { Clock } from '../base/clock.ts';
import type { Cause } from './burden.ts';
import { Connection, closeListener, connectionOf } from './connection.ts';
import type { ConnectionLimit } from './connection-limit.ts';
import { Door } from './door.ts';
import type { FloodProcess } from './flood-process.ts';
import { Floods } from './floods.ts';
import type { Holds } from './held.ts';
import { createHttp, type OnRequest } from './http.ts';
import type { Secure } from './secure.ts';
import { cutInSlices } from './slices.ts';
import { SlotTable } from './slots.ts';
import { NOTHING_STANDS, type Standing } from './standing.ts';
import type { Strike } from './strike.ts';
import type { Verdict } from './verdict.ts';
import { WaitingRoom } from './waiting.ts';

/**
 * What a door tells: it is full, or has room again; it is stuck on the way to what rules want, or got there after all;
 * the flood in front of it is not what its rule says.
 */
export type DoorNews = 'full' | 'room' | 'stuck' | 'mended' | 'flood-fails';

export interface GateOptions {
  readonly door: string;
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly holds: Holds;
  readonly limit: ConnectionLimit;
  /** Where floods of all doors come from. */
  readonly floodProcess: FloodProcess;
  /** Speaks TLS on this door. */
  readonly secure?: Secure | undefined;
  readonly onRequest: OnRequest;
  /** Asked once for every connection, as it is accepted; undefined: nothing is wrong with it. */
  onConnect(connection: Connection): Verdict | undefined;
  /** Asked for every connection for which there is no slot, with the rule of the slots. */
  onSlots(connection: Connection, cause: Cause): Strike | undefined;
  onDoor(state: DoorNews, facts: object): void;
}

export class Gate {
  readonly connections = new Set<Connection>();
  /** Connections ever accepted. */
  accepted = 0;
  /** Open connections that come from a flood of ours. */
  floodConnections = 0;
  readonly #options: GateOptions;
  readonly #door: Door;
  readonly #slots = new SlotTable<Connection>();
  readonly #floods: Floods;
  readonly #waiting: WaitingRoom;
  readonly #hand: (socket: Socket) => void;
  #standing: Standing = NOTHING_STANDS;

  constructor(options: GateOptions) {
    this.#options = options;
    const { host, port, clock, limit } = options;
    const http = createHttp(options.onRequest, clock);
    this.#hand = (socket) => {
      http.emit('connection', socket);
      connectionOf(socket).refresh(); // what slows its reading has been waiting for this
      if (socket.isPaused()) socket.resume(); // one that was parked stands still
    };
    this.#door = new Door({
      host,
      port,
      clock,
      onSocket: (socket) => this.#accept(socket),
      onTrouble: (error, wanted) => options.onDoor('stuck', { wanted, err: error }),
      onMended: (is) => options.onDoor('mended', { is }),
    });
    this.#floods = new Floods({
      host,
      port: () => this.#door.port,
      secure: options.secure !== undefined,
      sweep: () =>
        cutInSlices(
          [...this.connections].filter(({ flood }) => flood),
          (connection) => connection.reset(),
        ),
      clock,
      process: options.floodProcess,
      onTrouble: (flood, reason) => options.onDoor('flood-fails', { rule: flood.cause.id, reason }),
    });
    this.#waiting = new WaitingRoom(options.holds, clock);
    limit.join({
      fill: (connections) => {
        this.#door.closeFor('full');
        options.onDoor('full', { connections, max: limit.max });
      },
      makeRoom: (connections) => {
        this.#door.reopenFor('full');
        options.onDoor('room', { connections, max: limit.max });
      },
    });
  }

  get name(): string {
    return this.#options.door;
  }

  get port(): number {
    return this.#door.port;
  }

  /** What is wrong with the door itself; undefined when it is as it should be, also when rules have shut it. */
  get trouble(): string | undefined {
    const { trouble } = this.#door;
    return trouble && `door ${this.name} cannot be brought to what is wanted: ${trouble.message}`;
  }

  /** Connections that wait for a slot. */
  get waiting(): number {
    return this.#slots.waiting;
  }

  /** Whether it is held before anything on it is served. */
  isWaiting(connection: Connection): boolean {
    return this.#waiting.has(connection);
  }

  /** Rejects with the system's error when the port cannot be had. */
  open(): Promise<void> {
    return this.#door.open();
  }

  /** Brings the door to what rules want to stand there; resolves when it is so, or cannot be yet. */
  async stand(standing: Standing): Promise<void> {
    this.#standing = standing;
    for (const connection of this.connections) connection.refresh();
    for (const connection of this.#slots.become(standing.slots)) this.#waiting.callIn(connection);
    this.#shutWhileFull();
    this.#floods.become(standing.floods);
    await this.#door.want(standing.door);
  }

  /** Ends all connections at once; nothing is flushed. */
  async close(): Promise<void> {
    this.#floods.close();
    const closed = this.#door.close();
    for (const connection of this.connections) connection.reset();
    await closed;
  }

  readonly #onClose = closeListener((connection) => this.#gone(connection));

  #accept(socket: Socket): void {
    const { door, clock, limit, onConnect } = this.#options;
    this.accepted++;
    const connection = new Connection({ id: limit.enter(), door, socket, clock });
    this.connections.add(connection);
    if (connection.flood) this.floodConnections++;
    socket.on('close', this.#onClose);
    socket.on('error', ignore); // what a client does to its socket is its own affair; 'close' follows
    const verdict = onConnect(connection);
    if (!verdict) this.#enter(connection);
    else this.#meet(connection, verdict);
  }

  #meet(connection: Connection, verdict: Verdict): void {
    const { fate, parts } = verdict;
    for (const part of parts) if (part.fate.life) connection.impose(part.cause, part.fate.life);
    if (fate.admission === 'reset') connection.reset();
    else if (fate.admission === 'park') this.#waiting.park(connection, parts, () => this.#enter(connection, verdict));
    else this.#enter(connection, verdict);
  }

  /** Finds a place for a connection that may be served; the one that waits is held by the rule of the slots. */
  #enter(connection: Connection, verdict?: Verdict): void {
    if (connection.socket.destroyed) return;
    const { slots } = this.#standing;
    const place = this.#slots.enter(connection);
    this.#shutWhileFull();
    if (place !== 'serve' && slots) this.#options.onSlots(connection, slots.cause)?.acted();
    if (place === 'unavailable' && slots) connection.turnAway(slots.cause);
    if (place === 'reset' || place === 'shut') connection.reset();
    else if (place === 'wait' && slots)
      this.#waiting.hold(
        connection,
        {
          rule: slots.cause.id,
          endsByItself: slots.slots > 0,
          staysHeld: () => slots.slots === 0 && this.#standing.slots !== undefined,
        },
        () => this.#enter(connection, verdict), // by the slots that there are then
      );
    else this.#serve(connection, verdict);
  }

  /** Over TLS the handshake comes first; it may be where the connection's fate strikes. */
  #serve(connection: Connection, verdict?: Verdict): void {
    const { secure } = this.#options;
    if (secure) secure.greet({ connection, parts: verdict?.parts ?? [], waiting: this.#waiting, speak: this.#hand });
    else this.#hand(connection.socket);
  }

  #gone(connection: Connection): void {
    this.connections.delete(connection);
    if (connection.flood) this.floodConnections--;
    this.#options.limit.leave();
    for (const request of connection.underWay) request.clientLeft();
    for (const next of this.#slots.leave(connection)) this.#waiting.callIn(next);
    this.#shutWhileFull();
  }

  /** With the overflow `shut`, the listener is closed for as long as there is no place. */
  #shutWhileFull(): void {
    if (this.#standing.slots?.overflow === 'shut' && this.#slots.full) this.#door.closeFor('slots');
    else this.#door.reopenFor('slots');
  }
}

function ignore(): void {}
