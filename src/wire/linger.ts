// Ends a connection whose client may still be sending: it has its answer and our FIN, and a while to take both in.
import type { Clock } from '../base/clock.ts';
import type { Connection } from './connection.ts';

/** Closed at once, what still comes in would be answered with an RST, and that would take the answer with it (RFC 9112 9.6). */
const LINGER_MS = 5000;

/** Called when the FIN is on its way. */
export function lingerThenEnd({ socket }: Connection, clock: Clock): void {
  socket.once(
    'close',
    clock.after(LINGER_MS, () => socket.destroy()),
  );
}
