// Where the upstream of a world is, for clients beside this browser.
import type { World } from '../../../admin/contract/worlds.ts';
import { DEFAULT_WORLD } from '../route.ts';

/** Of its own door, or through the door of the default world; null where that is not known. */
export function baseUrlOf(name: string, worlds: readonly World[]): string | null {
  const own = worlds.find((world) => world.name === name)?.upstream;
  const main = worlds.find((world) => world.name === DEFAULT_WORLD)?.upstream;
  const base = own ?? (main && `${main}/w/${name}`);
  return base === undefined ? null : asSeenFrom(location.hostname, base);
}

/** A server that listens everywhere is told by a loopback address, which is another machine's there. */
export function asSeenFrom(hostname: string, base: string): string {
  const url = new URL(base);
  if (/^(127\.|localhost$|\[::1\]$)/.test(url.hostname)) url.hostname = hostname;
  return url.href.replace(/\/$/, '');
}
