// Thousands of connections that ask once and then wait.
import { connect, type Socket } from 'node:net';
import type { HoldOpen, Opened, Released } from './jobs.ts';

/** Connections being made at the same time. */
const AT_ONCE = 256;

let held: Socket[] = [];
let ended = 0;

export async function holdOpen({ port, request, connections }: HoldOpen): Promise<Opened> {
  held = [];
  ended = 0;
  while (held.length < connections) {
    const batch = Array.from({ length: Math.min(AT_ONCE, connections - held.length) }, () => open(port, request));
    held.push(...(await Promise.all(batch)));
  }
  return { connections: held.length };
}

export function letGo(): Released {
  const endedByServer = ended;
  for (const socket of held) socket.resetAndDestroy(); // leaves no port waiting
  held = [];
  return { endedByServer };
}

function open(port: number, request: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port }, () => {
      socket.off('error', reject).on('error', () => {}); // being reset is how a hold ends
      socket.write(request, 'latin1', () => resolve(socket));
    });
    socket.once('error', reject);
    socket.once('close', () => {
      ended++;
    });
    socket.resume();
  });
}
