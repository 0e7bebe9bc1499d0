// What the kernel knows of the descriptors of a process, this one unless another is named: the sockets of one port, and how many of all kinds there are.
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
const LISTENING = '0A';

/** Linux only. */
export const kernelIsSeen = existsSync('/proc/net/tcp') && existsSync('/proc/self/fd');

type Process = number | 'self';

/** What each of its open descriptors is. */
function descriptorsOf(process: Process): string[] {
  return readdirSync(`/proc/${process}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${process}/fd/${fd}`)];
    } catch {
      return []; // the one that the reading itself took
    }
  });
}

export const descriptorCount = (process: Process = 'self'): number => descriptorsOf(process).length;

/** States of its own sockets on this local port, those that listen left out. */
export function ownSocketsOn(port: number, process: Process = 'self'): string[] {
  const own = new Set(descriptorsOf(process));
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return rows()
    .filter(
      ([, local, , state, , , , , , inode]) =>
        local?.endsWith(`:${wanted}`) && state !== LISTENING && own.has(`socket:[${inode}]`),
    )
    .map(([, , , state]) => state as string);
}

const rows = (): string[][] =>
  TABLES.filter((path) => existsSync(path)).flatMap((path) =>
    readFileSync(path, 'latin1')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/)),
  );

/** Local ports on which it listens. */
export function listeningPorts(process: Process): number[] {
  const own = new Set(descriptorsOf(process));
  return rows()
    .filter(([, , , state, , , , , , inode]) => state === LISTENING && own.has(`socket:[${inode}]`))
    .map(([, local]) => Number.parseInt(local?.split(':')[1] ?? '', 16));
}
