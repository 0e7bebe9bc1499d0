// A connection to a door: its identity, its life in figures, and the requests under way on it.
import type { Socket } from 'node:net';

/** What happens on a connection that is not finished yet. */
export interface UnderWay {
  /** The client's side is gone, before the end. */
  clientLeft(): void;
}

const ON_SOCKET = Symbol('connection');

export class Connection {
  readonly id: number;
  readonly door: string;
  readonly remote: string;
  readonly openedAt: number;
  requests = 0;
  readonly underWay: UnderWay[] = [];
  readonly #socket: Socket;

  constructor(id: number, door: string, socket: Socket, openedAt: number) {
    this.id = id;
    this.door = door;
    this.remote = socket.remoteAddress ?? '';
    this.openedAt = openedAt;
    this.#socket = socket;
    (socket as Tracked)[ON_SOCKET] = this;
  }

  begin(request: UnderWay): void {
    this.requests++;
    this.underWay.push(request);
  }

  end(request: UnderWay): void {
    const at = this.underWay.indexOf(request);
    if (at >= 0) this.underWay.splice(at, 1);
  }

  /** A true RST: the peer's next read or write fails, unlike after `destroy`, which sends a FIN. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }
}

type Tracked = Socket & { [ON_SOCKET]?: Connection };

/** The connection of a socket that came through a gate. */
export function connectionOf(socket: Socket): Connection {
  const connection = (socket as Tracked)[ON_SOCKET];
  if (!connection) throw new Error('a socket that came through no gate');
  return connection;
}
