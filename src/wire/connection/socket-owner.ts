// Which connection a socket belongs to, and what the socket tells it of its end.
import type { Socket } from 'node:net';

/** A connection, as its sockets know it. */
export interface SocketOwner {
  clientShut(): void;
  release(): void;
  lose(): void;
}

const OWNER = Symbol('connection');
type Owned = Socket & { [OWNER]?: SocketOwner };

/** A TLS socket belongs to the connection of the raw one beneath it. */
export function own(socket: Socket, owner: SocketOwner): void {
  (socket as Owned)[OWNER] = owner;
}

export function ownerOf(socket: Socket): SocketOwner {
  const owner = (socket as Owned)[OWNER];
  if (!owner) throw new Error('a socket that came through no door');
  return owner;
}

/** Tells the owner of a raw socket of everything that may end it. */
export function listenTo(socket: Socket): void {
  socket.on('end', onEnd).on('close', onClose).on('error', onError);
}

/** The same for the plain side of TLS, whose errors show beneath it too. */
export function listenToPlain(secured: Socket): void {
  secured.on('end', onEnd).on('close', onClose);
}

/** Listeners are the same for all sockets, since fifteen thousand may be open. */
function onEnd(this: Socket): void {
  ownerOf(this).clientShut();
}

function onClose(this: Socket): void {
  ownerOf(this).release();
}

/** What a client does to its socket is its own affair, and `close` follows; not so where node could not send an RST. */
function onError(this: Socket, error: NodeJS.ErrnoException): void {
  if (error.syscall === 'reset') ownerOf(this).lose();
}
