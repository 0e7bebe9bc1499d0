// Tells sellers apart by their keys, without a key ever showing.
import { createHash } from 'node:crypto';

export interface Identity {
  /** The seller's name, as rules, journal and page know it. */
  readonly client: string;
  /** False when keys are listed and this is none of them. */
  readonly authorized: boolean;
}

export interface Clients {
  /** By `Authorization: Bearer KEY`, else by `X-Api-Key: KEY`. */
  identify(authorization: string | undefined, apiKey: string | undefined): Identity;
}

export interface ClientSettings {
  /** Name by key; unset: any key will do. */
  readonly keys?: ReadonlyMap<string, string>;
  /** Distinct names given to unlisted keys; who comes later is `other`. */
  readonly max: number;
}

export const ANONYMOUS = 'anonymous';
export const OTHER = 'other';

/** A key that may show, as its own name. */
const OWN_NAME = /^[a-z0-9-]{1,32}$/;
const BEARER = /^bearer +(\S+) *$/i;
/** Answers remembered for each way of sending a key. */
const MAX_REMEMBERED = 4096;
/** Longer keys, in characters, are hashed each time. */
const MAX_REMEMBERED_LENGTH = 256;

export function createClients({ keys, max }: ClientSettings): Clients {
  const listed = keys && new Map([...keys].map(([key, name]) => [sha256(key), name]));
  const names = new Set<string>();
  const bearers = new Map<string, Identity | undefined>();
  const apiKeys = new Map<string, Identity>();
  const nobody: Identity = Object.freeze({ client: ANONYMOUS, authorized: listed === undefined });

  /** `other` once too many names have been seen, so that nothing counted by client grows without bound. */
  const bounded = (name: string): string => {
    if (names.has(name)) return name;
    if (names.size >= max) return OTHER;
    names.add(name);
    return name;
  };
  const identityOf = (key: string): Identity => {
    const hash = sha256(key);
    const name = listed?.get(hash);
    if (name !== undefined) return { client: name, authorized: true };
    const shown = listed === undefined && OWN_NAME.test(key) ? key : `key-${hash.slice(0, 8)}`;
    return { client: bounded(shown), authorized: listed === undefined };
  };
  const identityOfBearer = (authorization: string): Identity | undefined => {
    const key = BEARER.exec(authorization)?.[1];
    return key === undefined ? undefined : identityOf(key);
  };
  const byBearer = remembered(bearers, identityOfBearer);
  const byApiKey = remembered(apiKeys, identityOf);

  return {
    identify(authorization, apiKey) {
      const identity = authorization === undefined ? undefined : byBearer(authorization);
      return identity ?? (apiKey ? byApiKey(apiKey) : nobody);
    },
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Forgets everything when full: cheaper than knowing which was used last, and as rare. */
function remembered<Value>(memo: Map<string, Value>, find: (text: string) => Value): (text: string) => Value {
  return (text) => {
    if (memo.has(text)) return memo.get(text) as Value;
    const value = find(text);
    if (text.length > MAX_REMEMBERED_LENGTH) return value;
    if (memo.size >= MAX_REMEMBERED) memo.clear();
    memo.set(text, value);
    return value;
  };
}
