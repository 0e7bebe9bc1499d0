// The secret that each client's returns and webhooks are signed with: of a setting or made here, shown once, two while it is rotated.
import { createHmac, randomBytes } from 'node:crypto';
import { BoundedMap } from './bounded-map.ts';
import type { Clock } from './clock.ts';
import { Refusal } from './refusal.ts';

/** The secret before signs along for so long after a rotation. */
export const ROTATION_MS = 24 * 3_600_000;
/** Clients whose secret was rotated or shown; of more, the one that was first is as if it never had been. */
export const MAX_CLIENTS = 10_000;
const SECRET_BYTES = 32;
const MIN_BYTES = 24;
const MAX_BYTES = 64;
const PREFIX = 'whsec_';

/** `whsec_` and 24 to 64 bytes in base64; undefined for anything else. */
export function keyOfSecret(secret: string): Buffer | undefined {
  if (!secret.startsWith(PREFIX)) return undefined;
  const text = secret.slice(PREFIX.length);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const key = Buffer.from(text, 'base64');
  if (key.length < MIN_BYTES || key.length > MAX_BYTES) return undefined;
  return key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '') ? key : undefined;
}

export const secretOfKey = (key: Buffer): string => PREFIX + key.toString('base64');

export interface SigningSecrets {
  /** The keys that sign now, the newest first: never none, and two while one takes the other's place. */
  keysOf(client: string): readonly Buffer[];
  /** The secret to hand to a client: once, and never one that a setting gave. */
  reveal(client: string): string | undefined;
  /** Puts a new secret in the place of the one before, which signs along for a while; throws a Refusal `conflict` for one that a setting gave. */
  rotate(client: string): string;
}

export interface SigningSecretsSettings {
  readonly clock: Clock;
  /** `whsec_…` by client, each of which is one. */
  readonly configured?: ReadonlyMap<string, string> | undefined;
  /** So many bytes that nobody can guess. */
  readonly random?: (bytes: number) => Buffer;
}

interface Own {
  /** Undefined: the one it had from the start. */
  key: Buffer | undefined;
  /** By `clock.ticks()`. */
  before: { readonly key: Buffer; readonly until: number } | undefined;
  revealed: boolean;
}

/** Secrets of clients nobody has asked about take no memory: each is made from one of the process and the client's name. */
export function createSigningSecrets({
  clock,
  configured = new Map(),
  random = randomBytes,
}: SigningSecretsSettings): SigningSecrets {
  const root = random(SECRET_BYTES);
  const given = new Map([...configured].map(([client, secret]) => [client, keyOfSecret(secret)]));
  const own = new BoundedMap<string, Own>(MAX_CLIENTS);
  const first = (client: string): Buffer => createHmac('sha256', root).update(client).digest();
  const ownOf = (client: string): Own => {
    const known = own.get(client);
    if (known) return known;
    const made: Own = { key: undefined, before: undefined, revealed: false };
    own.set(client, made);
    return made;
  };
  return {
    keysOf(client) {
      const setKey = given.get(client);
      if (setKey) return [setKey];
      const { key, before } = own.get(client) ?? {};
      const now = key ?? first(client);
      return before && clock.ticks() < before.until ? [now, before.key] : [now];
    },
    reveal(client) {
      if (given.has(client) || own.get(client)?.revealed) return undefined;
      const mine = ownOf(client);
      mine.revealed = true;
      return secretOfKey(mine.key ?? first(client));
    },
    rotate(client) {
      if (given.has(client))
        throw new Refusal(
          'conflict',
          `the secret of ${client} is that of SHOWSTOPPER_WEBHOOK_SECRETS; change it there, and start again`,
        );
      const mine = ownOf(client);
      mine.before = { key: mine.key ?? first(client), until: clock.ticks() + ROTATION_MS };
      mine.key = random(SECRET_BYTES);
      mine.revealed = true;
      return secretOfKey(mine.key);
    },
  };
}
