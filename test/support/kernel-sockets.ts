// What the kernel knows of this process's own descriptors: the sockets of one port, and how many of all kinds there are.
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
const LISTENING = '0A';

/** Linux only. */
export const kernelIsSeen = existsSync('/proc/net/tcp') && existsSync('/proc/self/fd');

/** What each of our open descriptors is. */
function ownDescriptors(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return []; // the one that the reading itself took
    }
  });
}

export const descriptorCount = (): number => ownDescriptors().length;

/** States of our own sockets on this local port, those that listen left out. */
export function ownSocketsOn(port: number): string[] {
  const own = new Set(ownDescriptors());
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return TABLES.filter((path) => existsSync(path)).flatMap((path) =>
    readFileSync(path, 'latin1')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(
        ([, local, , state, , , , , , inode]) =>
          local?.endsWith(`:${wanted}`) && state !== LISTENING && own.has(`socket:[${inode}]`),
      )
      .map(([, , , state]) => state as string),
  );
}
