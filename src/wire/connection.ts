// A connection to a door: its identity, its life in figures, the requests under way on it, and its end, which is told once.
import type { Socket } from 'node:net';
import type { Clock } from '../base/clock.ts';
import { Burden, type Cause, type Meets } from './burden.ts';
import type { Life } from './fate.ts';
import { FLOOD_ADDRESS } from './flood-address.ts';
import { Passage } from './passage.ts';
import { FEW_UNDER_WAY, MAX_UNDER_WAY, stopReading } from './read-stop.ts';
import { closeLater, finish, LINGERING_MS, resetSocket } from './socket-end.ts';
import type { Strike } from './strike.ts';

/** What happens on a connection that is not finished yet. */
export interface UnderWay {
  /** The connection is over, before the end. */
  clientLeft(): void;
  /** Ends it without an answer if its work has not been done; false when there is nothing left to drop. */
  drop(): boolean;
  /** The client has shut its sending half, at this epoch ms; false when it is not going to be answered. */
  clientShut(at: number): boolean;
}

/** Who keeps the records of a door's connections. */
export interface Keeper {
  /** It is over. Called once. */
  gone(connection: Connection): void;
  /** Its client has gone, as far as we can know: it takes no room any more, though its socket lives on for a while. */
  vacated(connection: Connection): void;
  /** Whether it is held before anything on it is served. */
  parks(connection: Connection): boolean;
  /** Node has let go of its socket without closing the descriptor. */
  lost(connection: Connection): void;
}

const ON_SOCKET = Symbol('connection');
const NOTHING: readonly UnderWay[] = Object.freeze([]);
const NO_BYTES = Buffer.alloc(0);
/** How long an RST may take that answers our bytes. */
const ANSWER_CHECK_MS = 50;

export interface ConnectionOptions {
  readonly id: number;
  readonly door: string;
  readonly socket: Socket;
  readonly clock: Clock;
  readonly keeper: Keeper;
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
  /** When its client shut its sending half; epoch ms. */
  finAt: number | null = null;
  /** Its client has gone, and its socket is kept silent for a while. */
  lingering = false;
  /** Told at its end, or as it begins to linger. */
  whenOver: (() => void) | undefined;
  #released = false;
  readonly #socket: Socket;
  /** Where requests come in and answers go out: the plain side of TLS, else the socket itself. */
  #face: Socket;
  readonly #clock: Clock;
  readonly #keeper: Keeper;
  /** All that faults have put on it; unset on nearly every connection. */
  #burden: Burden | undefined;

  constructor({ id, door, socket, clock, keeper }: ConnectionOptions) {
    this.id = id;
    this.door = door;
    this.remote = plainAddress(socket.remoteAddress);
    this.openedAt = clock.now();
    this.#socket = socket;
    this.#face = socket;
    this.#clock = clock;
    this.#keeper = keeper;
    bindConnection(socket, this);
    socket.on('end', onEnd).on('close', onClose).on('error', onError);
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

  /** It is not in the books any more. */
  get released(): boolean {
    return this.#released;
  }

  /** From now on it speaks TLS. */
  speakThrough(secured: Socket): void {
    this.#face = secured;
    secured.on('end', onEnd).on('close', onClose);
    this.#burden?.moved();
  }

  /** Counts a request in, and says what it meets when it is not to be served as usual. */
  begin(request: UnderWay): Meets {
    this.requests++;
    if (this.#underWay.length === 0)
      this.#underWay = [request]; // no room to grow into: nearly always it is one
    else (this.#underWay as UnderWay[]).push(request);
    if (this.#underWay.length >= MAX_UNDER_WAY) this.#readOn ??= stopReading(this.#face);
    if (this.ended !== undefined) return 'closed';
    return this.#burden?.begin(this.requests > 1);
  }

  end(request: UnderWay): void {
    if (!this.#underWay.includes(request)) return;
    this.#underWay = this.#underWay.length === 1 ? NOTHING : this.#underWay.filter((other) => other !== request);
    if (this.#readOn && this.#underWay.length <= FEW_UNDER_WAY) {
      this.#readOn();
      this.#readOn = undefined;
    }
    if (this.#underWay.length > 0) return;
    this.#burden?.idle();
    if (this.finAt === null) return;
    if (this.lingering) this.#vacate();
    else this.#face.destroySoon();
  }

  /** Puts a life on it, besides what others have put on it. */
  impose(strike: Strike, life: Life): void {
    this.#load().impose(strike, life);
  }

  /** No request on it is answered any more. */
  silence(strike: Strike): void {
    this.#load().silence(strike);
  }

  /** The first rule in force that wants no request on it answered. */
  get silencer(): Cause | undefined {
    return this.#burden?.silencer;
  }

  /** Every request on it is told that there is no room. */
  turnAway(strike: Strike): void {
    this.#load().unavailableBy = strike;
  }

  /** Lifts what is no longer in force. */
  refresh(): void {
    this.#burden?.settle();
  }

  /** A true RST: the peer's next read or write fails, unlike after `destroy`, which sends a FIN. */
  reset(): void {
    if (this.#socket.destroyed || this.ended === 'reset') return;
    this.ended = 'reset';
    resetSocket(this.#socket, this.#face, this.#clock);
  }

  /** An orderly FIN, once what was written is out; over TLS after a close_notify. */
  close(): void {
    this.ended ??= 'closed';
    finish(this.#face, this.#socket, this.#clock);
  }

  /** A FIN in the middle, as a process leaves it that dies: over TLS without a close_notify. */
  cut(): void {
    this.ended ??= 'closed';
    finish(this.#socket, this.#socket, this.#clock);
  }

  /** As `close`, and what still comes in after it is answered with an RST, as by a server that has forgotten the connection. */
  hangUp(): void {
    this.ended ??= 'closed';
    this.#face.destroySoon();
  }

  /**
   * Its end, by whichever event tells it first: the closing of either socket, or a look at it. What hangs on the
   * connection is told here and nowhere else. False when it was told before.
   */
  release(): boolean {
    if (this.#released) return false;
    this.#released = true;
    this.#socket.destroy(); // if it was the plain side of TLS that was closed
    this.#burden?.over();
    this.#keeper.gone(this);
    for (const request of this.underWay) request.clientLeft();
    this.whenOver?.();
    return true;
  }

  /** Node cannot close its descriptor any more. */
  lose(): void {
    if (!this.#released) this.#keeper.lost(this);
    this.release();
  }

  /**
   * The client has shut its sending half. What answers by itself still does (RFC 9112 9.6), and then we close; what is
   * held without end is held for nobody, as a client that gives up begins its leaving just so.
   */
  clientShut(): void {
    if (this.finAt !== null || this.#released) return;
    this.finAt = this.#clock.now();
    if (this.#keeper.parks(this)) {
      this.lingering = true;
      this.#vacate();
    }
    if (this.underWay.length === 0) return; // whoever reads from it closes
    this.#closeOnlyWhenDone();
    for (const request of this.underWay) if (!this.lingering && !request.clientShut(this.finAt)) this.forsake(request);
  }

  /** The client has shut its sending half, and neither this request nor those behind it are answered any more. */
  forsake(request: UnderWay): void {
    this.lingering = true;
    const at = this.underWay.indexOf(request);
    if (at >= 0) for (const unanswered of this.underWay.slice(at)) unanswered.clientLeft();
  }

  /** Whether the client, whose sending half is shut, has taken all that was sent: one that has closed answers with an RST. Not called back when the connection ends first. */
  whetherTaken(then: (taken: boolean) => void): void {
    this.#clock.after(ANSWER_CHECK_MS, () => {
      if (this.#released) return;
      if (this.#socket.writableEnded) then(true);
      else this.#socket.write(NO_BYTES, (error) => then(!error)); // nothing goes out, and yet it fails after an RST
    });
  }

  /** Nothing more is said on it: it is closed when its client has had some time to do so. */
  #vacate(): void {
    this.#keeper.vacated(this);
    this.whenOver?.();
    const leftMs = (this.finAt ?? 0) + LINGERING_MS - this.#clock.now();
    closeLater(this.#socket, this.#clock, Math.max(0, leftMs));
  }

  /** For an answer that is about to be written, where faults stand between it and the socket. */
  passage(): Passage | undefined {
    const valve = this.#burden?.valve;
    return valve && new Passage(valve);
  }

  /** Bytes written that the kernel has not taken. */
  get unsent(): number {
    return (this.#socket as Queued)._handle?.writeQueueSize ?? this.#face.writableLength;
  }

  /** While requests are under way on it, their end closes it and not that of the first answer. */
  #closeOnlyWhenDone(): void {
    const face = this.#face;
    const destroySoon = face.destroySoon.bind(face);
    face.destroySoon = () => {
      if (this.underWay.length === 0) destroySoon();
    };
  }

  #load(): Burden {
    this.#burden ??= new Burden(this, this.#clock);
    return this.#burden;
  }
}

/** Node keeps there what of a chunk is left; `writableLength` knows whole chunks only. */
type Queued = Socket & { readonly _handle?: { readonly writeQueueSize?: number } | null };

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

/** Listeners are the same for all sockets, since fifteen thousand may be open. */
function onEnd(this: Socket): void {
  connectionOf(this).clientShut();
}

function onClose(this: Socket): void {
  connectionOf(this).release();
}

/** What a client does to its socket is its own affair, and `close` follows; not so where node could not send an RST. */
function onError(this: Socket, error: NodeJS.ErrnoException): void {
  if (error.syscall === 'reset') connectionOf(this).lose();
}

/** An IPv4 address that came over IPv6, as IPv4. */
function plainAddress(address = ''): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}
