// The worlds that requests on a door lead into: the one it belongs to, and those that a path names.
import { Refusal } from '../../base/refusal.ts';
import type { ExchangeWorld } from './exchange-world.ts';

export interface WorldsBehindDoor {
  /** What stands before the URLs that answers hand out; unset: the host that was asked. */
  readonly linkBase?: string | undefined;
  /** The one that the door belongs to. */
  readonly home: ExchangeWorld;
  /**
   * Finds the world that a path names, and may make it for a request of an operation by a client that may ask; throws a
   * Refusal when it cannot be had. Unset: paths name no worlds on this door.
   */
  find?(name: string, mayMake: boolean): ExchangeWorld;
}

/** A path that names a world. */
export interface WorldPath {
  readonly name: string;
  /** What stands before the world's own path. */
  readonly base: string;
  /** As it is in the world. */
  readonly rest: string;
}

const PREFIX = '/w/';

/** `/w/{world}/v1/…` is `/v1/…` in that world; of a URL with its query too. Undefined for any other. */
export function readWorldPath(url: string): WorldPath | undefined {
  if (!url.startsWith(PREFIX)) return undefined;
  const end = url.indexOf('/', PREFIX.length);
  if (end < 0) return undefined;
  return { name: url.slice(PREFIX.length, end), base: url.slice(0, end), rest: url.slice(end) };
}

/** The world, or why there is none; a programmer's error is thrown on. */
export function findWorld(
  { find, home }: WorldsBehindDoor,
  name: string,
  mayMake: boolean,
): { readonly world: ExchangeWorld } | { readonly noWorld: Refusal } {
  try {
    return { world: find?.(name, mayMake) ?? home };
  } catch (error) {
    if (error instanceof Refusal) return { noWorld: error };
    throw error;
  }
}
