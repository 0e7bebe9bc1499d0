// A connection to a door: its identity, its life in figures, and the requests under way on it.
import type { Socket } from 'node:net';
import type { Clock } from '../base/clock.ts';
import { Burden, type Cause, type Meets } from './burden.ts';
import type { Life } from './fate.ts';
import { FLOOD_ADDRESS } from './flood-address.ts';
import { FEW_UNDER_WAY, MAX_UNDER_WAY, stopReading } from './read-stop.ts';

/** What happens on a connection that is not finished yet. */
export interface UnderWay {
  /** The client's side is gone, before the end. */
  clientLeft(): void;
  /** Ends it without an answer if its work has not been done; false when there is nothing left to drop. */
  drop(): boolean;
}

const ON_SOCKET = Symbol('connection');
const NOTHING: readonly UnderWay[] = Object.freeze([]);

export interface ConnectionOptions {
  readonly id: number;
  readonly door: string;
  readonly socket: Socket;
  readonly clock: Clock;
}

export class Connection {
  readonly id: number;
  readonly door: string;
  readonly remote: string;
  readonly openedAt: number;
  requests = 0;
  /** How we ended it, when it was not the client. */
  ended: 'reset' | 'closed' | undefined;
  #underWay: readonly UnderWay[] = NOTHING;
  /** Set while it is not read, for all that is under way on it. */
  #readOn: (() => void) | undefined;
  readonly #socket: Socket;
  /** Where requests come in and answers go out: the plain side of TLS, else the socket itself. */
  #face: Socket;
  readonly #clock: Clock;
  /** All that faults have put on it; unset on nearly every connection. */
  #burden: Burden | undefined;

  constructor({ id, door, socket, clock }: ConnectionOptions) {
    this.id = id;
    this.door = door;
    this.remote = plainAddress(socket.remoteAddress);
    this.openedAt = clock.now();
    this.#socket = socket;
    this.#face = socket;
    this.#clock = clock;
    bindConnection(socket, this);
  }

  get underWay(): readonly UnderWay[] {
    return this.#underWay;
  }

  get flood(): boolean {
    return this.remote === FLOOD_ADDRESS;
  }

  /** The raw one, also beneath TLS. */
  get socket(): Socket {
    return this.#socket;
  }

  get face(): Socket {
    return this.#face;
  }

  /** From now on it speaks TLS. */
  speakThrough(secured: Socket): void {
    this.#face = secured;
    this.#burden?.moved();
  }

  /** Counts a request in, and says what it meets when it is not to be served as usual. */
  begin(request: UnderWay): Meets {
    this.requests++;
    if (this.#underWay.length === 0)
      this.#underWay = [request]; // no room to grow into: nearly always it is one
    else (this.#underWay as UnderWay[]).push(request);
    if (this.#underWay.length >= MAX_UNDER_WAY) this.#readOn ??= stopReading(this.#face);
    return this.#burden?.begin(this.requests > 1);
  }

  end(request: UnderWay): void {
    if (!this.#underWay.includes(request)) return;
    this.#underWay = this.#underWay.length === 1 ? NOTHING : this.#underWay.filter((other) => other !== request);
    if (this.#readOn && this.#underWay.length <= FEW_UNDER_WAY) {
      this.#readOn();
      this.#readOn = undefined;
    }
    if (this.#burden && this.#underWay.length === 0) this.#burden.idle();
  }

  /** Puts a life on it, besides what others have put on it. */
  impose(cause: Cause, life: Life): void {
    this.#load().impose(cause, life);
  }

  /** No request on it is answered any more. */
  silence(cause: Cause): void {
    this.#load().silence(cause);
  }

  /** The first rule in force that wants no request on it answered. */
  get silencer(): Cause | undefined {
    return this.#burden?.silencer;
  }

  /** Every request on it is told that there is no room. */
  turnAway(cause: Cause): void {
    this.#load().unavailableBy = cause;
  }

  /** Lifts what is no longer in force. */
  refresh(): void {
    this.#burden?.settle();
  }

  /** A true RST: the peer's next read or write fails, unlike after `destroy`, which sends a FIN. */
  reset(): void {
    if (this.#socket.destroyed) return;
    this.ended = 'reset';
    this.#socket.resetAndDestroy();
  }

  /** An orderly FIN, once what was written is out; over TLS after a close_notify. */
  close(): void {
    this.ended = 'closed';
    this.#face.end();
  }

  /** A FIN in the middle, as a process leaves it that dies: over TLS without a close_notify. */
  cut(): void {
    this.ended = 'closed';
    this.#socket.end();
  }

  /** As `close`, and what still comes in after it is answered with an RST, as by a server that has forgotten the connection. */
  hangUp(): void {
    this.ended = 'closed';
    this.#face.destroySoon();
  }

  #load(): Burden {
    this.#burden ??= new Burden(this, this.#clock);
    return this.#burden;
  }
}

type Tracked = Socket & { [ON_SOCKET]?: Connection };

/** A TLS socket belongs to the connection of the raw one beneath it. */
export function bindConnection(socket: Socket, connection: Connection): void {
  (socket as Tracked)[ON_SOCKET] = connection;
}

/** The connection of a socket that came through a gate. */
export function connectionOf(socket: Socket): Connection {
  const connection = (socket as Tracked)[ON_SOCKET];
  if (!connection) throw new Error('a socket that came through no gate');
  return connection;
}

/** A listener for the closing of any socket of a gate: one for all, since fifteen thousand may be open. */
export function closeListener(gone: (connection: Connection) => void): (this: Socket) => void {
  return function onClose() {
    gone(connectionOf(this));
  };
}

/** An IPv4 address that came over IPv6, as IPv4. */
function plainAddress(address = ''): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}
