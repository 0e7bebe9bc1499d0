// Tells sellers apart by their keys, without a key ever showing.
import { ANONYMOUS } from '../base/client-names.ts';
import type { ClientNames } from './client-names.ts';

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

const BEARER = /^bearer +(\S+) *$/i;
/** Answers remembered for each way of sending a key. */
const MAX_REMEMBERED = 4096;
/** Longer keys, in characters, are hashed each time. */
const MAX_REMEMBERED_LENGTH = 256;

export function createClients(names: ClientNames): Clients {
  const bearers = new Map<string, Identity | undefined>();
  const apiKeys = new Map<string, Identity>();
  const nobody: Identity = Object.freeze({ client: ANONYMOUS, authorized: names.anyKeyWillDo });

  const identityOf = (key: string): Identity => {
    const { name, listed } = names.ownerOf(key);
    return { client: name, authorized: listed };
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
