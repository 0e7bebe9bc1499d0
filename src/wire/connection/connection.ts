// A connection to a door: what is known of it, the requests under way on it, and its end, which is told once.
import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import { plainAddress } from '../address.ts';
import { FLOOD_ADDRESS } from '../door/flood-address.ts';
import type { Holds } from '../held.ts';
import { Backlog, MAX_UNDER_WAY } from './backlog.ts';
import { type BeforeServing, ConnectionLimits } from './connection-limits.ts';
import { HalfClose } from './half-close.ts';
import type { Keeper } from './keeper.ts';
import { finish, resetSocket, unsentBytes } from './socket-end.ts';
import { listenTo, listenToPlain, own, ownerOf } from './socket-owner.ts';
import type { UnderWay } from './under-way.ts';

const NOTHING: readonly UnderWay[] = Object.freeze([]);

export interface ConnectionOptions {
  readonly id: number;
  readonly door: string;
  readonly socket: Socket;
  readonly clock: Clock;
  readonly keeper: Keeper<Connection>;
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
  #backlog: Backlog | undefined;
  /** Told at its end, or as it begins to linger. */
  whenOver: (() => void) | undefined;
  #released = false;
  readonly #socket: Socket;
  /** Where requests come in and answers go out: the plain side of TLS, else the socket itself. */
  #face: Socket;
  readonly #clock: Clock;
  readonly #keeper: Keeper<Connection>;
  /** Set from when its client has shut its sending half. */
  #halfClose: HalfClose | undefined;
  /** Unset on nearly every connection. */
  #limits: ConnectionLimits | undefined;

  constructor({ id, door, socket, clock, keeper }: ConnectionOptions) {
    this.id = id;
    this.door = door;
    this.remote = plainAddress(socket.remoteAddress);
    this.openedAt = clock.now();
    this.#socket = socket;
    this.#face = socket;
    this.#clock = clock;
    this.#keeper = keeper;
    own(socket, this);
    listenTo(socket);
  }

  get underWay(): readonly UnderWay[] {
    return this.#underWay;
  }

  /** When its client shut its sending half; epoch ms. */
  get finAt(): number | null {
    return this.#halfClose?.at ?? null;
  }

  /** Its client has gone, and its socket is kept silent for a while. */
  get lingering(): boolean {
    return this.#halfClose?.lingering ?? false;
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

  /** Where it is held if rules hold it. */
  get holds(): Holds {
    return this.#keeper.holds;
  }

  /** Its door does not count it any more. */
  get released(): boolean {
    return this.#released;
  }

  /** From now on it speaks TLS. */
  speakThrough(secured: Socket): void {
    this.#face = secured;
    listenToPlain(secured);
    this.#limits?.moved();
  }

  /** Counts a request in, and says what it meets when it is not to be served as usual. */
  begin(request: UnderWay): BeforeServing {
    this.requests++;
    if (this.#underWay.length === 0)
      this.#underWay = [request]; // no room to grow into: nearly always it is one
    else (this.#underWay as UnderWay[]).push(request);
    if (this.#underWay.length >= MAX_UNDER_WAY) this.#backlog ??= new Backlog(this.#face);
    if (this.#halfClose) request.clientShut(this.#halfClose.at); // it was read before the FIN, and has waited
    if (this.ended !== undefined) return 'closed';
    return this.#limits?.begin(this.requests > 1);
  }

  /** Where requests wait while as much is under way as may be; undefined while there is room. */
  get backlog(): Backlog | undefined {
    return this.#backlog;
  }

  end(request: UnderWay): void {
    if (!this.#underWay.includes(request)) return;
    this.#underWay = this.#underWay.length === 1 ? NOTHING : this.#underWay.filter((other) => other !== request);
    if (this.#backlog?.goOn(() => this.#underWay.length)) this.#backlog = undefined;
    if (this.#underWay.length > 0) return;
    this.#limits?.idle();
    this.#halfClose?.idle();
  }

  /** What faults have put on it; undefined on nearly every connection. */
  get limits(): ConnectionLimits | undefined {
    return this.#limits;
  }

  /** For more to be put on it. */
  limit(): ConnectionLimits {
    this.#limits ??= new ConnectionLimits(this, this.#clock);
    return this.#limits;
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
    this.#limits?.over();
    this.#backlog?.drop();
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

  /** It is held before anything on it is served. */
  get isParked(): boolean {
    return this.#keeper.parks(this);
  }

  /** The client has shut its sending half. */
  clientShut(): void {
    if (this.#halfClose || this.#released) return;
    this.#halfClose = new HalfClose(this, this.#clock);
    this.#halfClose.begin(this.isParked);
  }

  /** Its client has shut its sending half, and neither this request nor those behind it are answered any more. */
  forsake(request: UnderWay): void {
    this.#backlog?.drop();
    this.#halfClose?.forsake(request);
  }

  /** Whether a client that has shut its sending half has taken all that was sent. */
  whetherTaken(then: (taken: boolean) => void): void {
    this.#halfClose?.whetherTaken(then);
  }

  vacated(): void {
    this.#keeper.vacated(this);
    this.whenOver?.();
  }

  /** Bytes written that the kernel has not taken. */
  get unsent(): number {
    return unsentBytes(this.#socket, this.#face);
  }
}

/** The connection of a socket that came through a door. */
export const connectionOf = (socket: Socket): Connection => ownerOf(socket) as Connection;
