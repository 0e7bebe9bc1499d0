// Parks a socket: accepted, never answered, yet watched, so that a client that gives up is seen.
import type { Socket } from 'node:net';

/** What a parked client may send before we stop listening to it. */
const MAX_STASH_BYTES = 65_536;

export interface Parked {
  /** Puts back what came meanwhile; whoever takes the socket over now sees it from the start. */
  unpark(): void;
}

/** `left` is called once if the client closes first; its socket is then closed on our side too. */
export function park(socket: Socket, left: () => void): Parked {
  const stash: Buffer[] = [];
  let bytes = 0;
  const keep = (chunk: Buffer): void => {
    stash.push(chunk);
    bytes += chunk.length;
    if (bytes >= MAX_STASH_BYTES) socket.pause();
  };
  const ended = (): void => void socket.destroy();
  socket.on('data', keep).once('end', ended).once('close', left);
  return {
    unpark() {
      socket.off('data', keep).off('end', ended).off('close', left);
      socket.pause();
      if (bytes > 0) socket.unshift(Buffer.concat(stash));
    },
  };
}
