// Who may stay on a listener that must always answer: when it is full, a newcomer takes the place of whoever needs it least.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { nextTurn } from '../base/turn.ts';

/** Requests that may wait on one connection for the one before them; whoever sends more is cut off. */
export const MAX_PIPELINED = 16;

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** A connection, and what it is here for. */
class Guest {
  readonly socket: Socket;
  /** Counts up with every change of what it does: of two that do the same, the lower one has done it for longer. */
  turn: number;
  /** The how manyth it was to come. */
  readonly arrival: number;
  /** What it may have sent has not been read yet. */
  fresh = true;
  underWay: Exchange | undefined;
  waiting: Exchange[] = [];
  /** Whether its last request had a token; where none is asked for, all are alike. Unset: it has not asked for anything yet. */
  trusted: boolean | undefined;

  constructor(socket: Socket, arrival: number, turn: number) {
    this.socket = socket;
    this.arrival = arrival;
    this.turn = turn;
  }

  /** Nothing is waited for but itself: it is idle, its head or body has not come in whole, or it does not read its answer. */
  get mayGo(): boolean {
    const { underWay, socket } = this;
    return !underWay?.request.complete || socket.writableLength > 0;
  }
}

const ON_SOCKET = Symbol('guest');
/** The parser is node's own affair; that a request is refused while its bytes are parsed can be said to it alone. */
interface Tracked extends Socket {
  [ON_SOCKET]?: Guest;
  readonly parser?: { onIncoming?: (request: IncomingMessage, keepAlive: boolean) => number };
}
/** What node's parser takes for: read no further on this connection. */
const READ_NO_FURTHER = 2;

/** Says of the request under way whether it had a token; until then it is taken for a stranger's. */
export function trust(request: IncomingMessage, trusted: boolean): void {
  const guest = (request.socket as Tracked)[ON_SOCKET];
  if (guest) guest.trusted = trusted;
}

/**
 * Ends a connection at the request too many, before node makes one of it: a chunk holds some two thousand, and to have
 * them made and thrown away again keeps everybody waiting for a tenth of a second.
 */
function cutPipeline(guest: Guest, socket: Tracked): void {
  const { parser } = socket;
  const incoming = parser?.onIncoming;
  if (!parser || !incoming) return;
  parser.onIncoming = (request, keepAlive) => {
    if (guest.waiting.length < MAX_PIPELINED) return incoming(request, keepAlive);
    socket.destroy();
    return READ_NO_FURTHER;
  };
}

export class Admission {
  readonly #max: number;
  readonly #handler: RequestListener;
  readonly #guests = new Set<Guest>();
  #arrivals = 0;
  #turns = 0;

  constructor(max: number, handler: RequestListener) {
    this.#max = max;
    this.#handler = handler;
  }

  /** Takes a new connection in. */
  enter(socket: Socket): void {
    if (this.#guests.size >= this.#max && !this.#makeRoom()) {
      socket.destroy();
      return;
    }
    const guest = new Guest(socket, this.#arrivals++, this.#turns++);
    void nextTurn()
      .then(nextTurn)
      .then(() => {
        guest.fresh = false;
      });
    (socket as Tracked)[ON_SOCKET] = guest;
    this.#guests.add(guest);
    socket.once('close', () => this.#guests.delete(guest));
    cutPipeline(guest, socket);
  }

  /** One request after the other is worked on: pipelined ones must not be worked on all at once. */
  request(request: IncomingMessage, response: ServerResponse): void {
    const guest = (request.socket as Tracked)[ON_SOCKET];
    if (!guest || request.socket.destroyed) return;
    if (!guest.underWay && guest.waiting.length === 0) this.#serve(guest, { request, response });
    else guest.waiting.push({ request, response });
  }

  /**
   * A socket on which nothing has moved for long: one that waits for our answer stays, and so does one of which something
   * comes now: where this process itself stood still, timers run before what had come meanwhile is read.
   */
  still(socket: Socket): void {
    const { bytesRead } = socket;
    void nextTurn()
      .then(nextTurn)
      .then(() => {
        const guest = (socket as Tracked)[ON_SOCKET];
        if (socket.bytesRead === bytesRead && (!guest?.underWay || socket.writableLength > 0)) socket.destroy();
      });
  }

  #serve(guest: Guest, exchange: Exchange): void {
    guest.underWay = exchange;
    guest.trusted = false;
    guest.turn = this.#turns++;
    exchange.response.once('close', () => this.#served(guest));
    this.#handler(exchange.request, exchange.response);
  }

  #served(guest: Guest): void {
    guest.underWay = undefined;
    guest.turn = this.#turns++;
    if (guest.waiting.length > 0) void nextTurn().then(() => this.#serveNext(guest));
  }

  #serveNext(guest: Guest): void {
    const next = guest.waiting.shift();
    if (next && !guest.socket.destroyed) this.#serve(guest, next);
  }

  /** Its first request may be on its way: it must not go because of those who came right behind it. */
  #isNew({ trusted, arrival }: Guest): boolean {
    return trusted === undefined && this.#arrivals - arrival < this.#max / 2;
  }

  /** False when all are being served, or have only just come. */
  #makeRoom(): boolean {
    const leaving = [...this.#guests].filter(({ mayGo }) => mayGo);
    const read = leaving.filter(({ fresh }) => !fresh);
    const settled = read.filter((guest) => !this.#isNew(guest));
    const strangers = settled.filter(({ trusted }) => trusted !== true);
    // of a rush that comes all at once the last are as good as the first; a few who have just come keep their place
    const rush = leaving.length > this.#max / 2 ? leaving : [];
    const least = longest(strangers) ?? longest(settled) ?? longest(read) ?? longest(rush);
    if (!least) return false;
    this.#guests.delete(least); // 'close' comes later, and its place is free now
    least.socket.destroy();
    return true;
  }
}

/** Of several, the one that has been doing what it does for longest. */
function longest(guests: readonly Guest[]): Guest | undefined {
  let found: Guest | undefined;
  for (const guest of guests) if (!found || guest.turn < found.turn) found = guest;
  return found;
}
