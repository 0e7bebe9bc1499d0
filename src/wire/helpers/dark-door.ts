// Holds a listening socket without ever accepting; gives it back when a byte comes, and ends when its parent does.
import { readSync } from 'node:fs';
import type { Server } from 'node:net';

interface Listening extends Server {
  readonly _handle: { listen(backlog: number): number };
}

process.on('message', (_message, server) => {
  const { _handle } = server as Listening;
  _handle.listen(0); // one connection is completed by the kernel, the rest get no answer
  process.send?.('held');
  block();
  process.send?.('back', server as Server);
  block(); // so that nothing is accepted before the parent kills us
});
process.once('disconnect', () => process.exit(0)); // before a listener came
process.send?.('ready');

/** Stands still, the event loop with it, until the parent writes or is gone. */
function block(): void {
  try {
    if (readSync(0, Buffer.alloc(1)) === 0) process.exit(0);
  } catch {
    process.exit(0);
  }
}
