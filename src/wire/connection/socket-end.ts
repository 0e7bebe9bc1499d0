// Ends sockets for certain: by an RST in whatever state they are, or by a FIN that is not waited on for ever.
import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';

/** A connection whose client has shut its side, or that has our FIN, is closed after this at the latest. */
export const LINGERING_MS = 5000;
/** A FIN on its way takes a turn of the event loop; after this the socket is closed without one. */
const FIN_MS = 250;

/**
 * A true RST. While a FIN is on its way the system library refuses it, and node then forgets the socket with its
 * descriptor open and without a `close` (50 of 50 on Node 24); so it is sent right behind that FIN.
 */
export function resetSocket(raw: Socket, face: Socket, clock: Clock): void {
  const ending = [raw, face].find(isShutting);
  if (!ending) {
    raw.resetAndDestroy();
    return;
  }
  ending.prependOnceListener('finish', () => raw.resetAndDestroy());
  raw.once(
    'close',
    clock.after(FIN_MS, () => raw.destroy()),
  );
}

/** All is written, and the FIN is asked for but not out. */
const isShutting = (socket: Socket): boolean =>
  socket.writableEnded && !socket.writableFinished && socket.writableLength === 0;

/** Sends a FIN once what was written is out; a client that does not answer it with its own is left after a while. */
export function finish(socket: Socket, raw: Socket, clock: Clock): void {
  if (socket.writableEnded || socket.destroyed) return;
  socket.once('finish', () => closeLater(raw, clock, LINGERING_MS));
  socket.end();
}

export function closeLater(raw: Socket, clock: Clock, waitMs: number): void {
  raw.once(
    'close',
    clock.after(waitMs, () => raw.destroy()),
  );
}

/** Node keeps there what of a chunk is left; `writableLength` knows whole chunks only. */
type Queued = Socket & { readonly _handle?: { readonly writeQueueSize?: number } | null };

/** Bytes written that the kernel has not taken. */
export const unsentBytes = (raw: Socket, face: Socket): number =>
  (raw as Queued)._handle?.writeQueueSize ?? face.writableLength;
