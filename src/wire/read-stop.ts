// Stops the reading of a socket while there is enough to do: the kernel's window closes, and the client has to wait.
import type { Socket } from 'node:net';

/**
 * Requests under way on one connection before it is no longer read. Those in what was read with the last of them, at most
 * 64 KiB, come on top. A FIN behind what is not read is seen when it is reached.
 */
export const MAX_UNDER_WAY = 100;
/** It is read again when no more than these are left. */
export const FEW_UNDER_WAY = MAX_UNDER_WAY / 2;

/** Returns how to read on. */
export function stopReading(socket: Socket): () => void {
  socket.pause();
  socket.resume = () => socket; // or the body of a request, or the end of an answer, would set it going again
  return () => {
    Reflect.deleteProperty(socket, 'resume');
    if (!socket.destroyed) socket.resume();
  };
}
