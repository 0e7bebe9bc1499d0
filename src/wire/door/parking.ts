// Parks a socket: accepted, never answered, yet watched, so that a client that gives up is seen.
import type { Socket } from 'node:net';

/** What a parked client may send before we stop listening to it. */
const MAX_STASH_BYTES = 65_536;

export interface Parked {
  /** Puts back what came meanwhile; whoever takes the socket over now sees it from the start. */
  unpark(): void;
}

/** `spoke` is called at the first bytes that are left unread. */
export function park(socket: Socket, spoke?: () => void): Parked {
  const stash: Buffer[] = [];
  let bytes = 0;
  const keep = (chunk: Buffer): void => {
    stash.push(chunk);
    bytes += chunk.length;
    if (bytes >= MAX_STASH_BYTES) socket.pause();
    if (stash.length === 1) spoke?.();
  };
  socket.on('data', keep);
  return {
    unpark() {
      socket.off('data', keep).pause();
      if (bytes > 0) socket.unshift(Buffer.concat(stash));
    },
  };
}
