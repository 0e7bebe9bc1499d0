// The secret that each client shares with us, by which it knows returns and webhooks to be ours.
import { createHmac } from 'node:crypto';
import type { Clock } from './clock.ts';
import { Refusal } from './refusal.ts';

/** Of Standard Webhooks: `whsec_` and base64 of the key. */
const PREFIX = 'whsec_';
const MIN_KEY_BYTES = 24;
const MAX_KEY_BYTES = 64;
/** Of keys that are made here, as many as SHA-256 gives. */
const KEY_BYTES = 32;
/** How long a key that was replaced still signs, beside the new one. */
export const ROTATION_MS = 24 * 60 * 60 * 1000;
/** Of clients whose secret was shown or replaced; the others take no memory. */
export const MAX_SHOWN_CLIENTS = 10_000;

export const SIGNING_SECRET_FORM = `${PREFIX} and base64 of ${MIN_KEY_BYTES} to ${MAX_KEY_BYTES} bytes`;

/** The key inside a secret; undefined for what is none. */
export function parseSigningSecret(text: string): Buffer | undefined {
  const base64 = text.slice(PREFIX.length);
  if (!text.startsWith(PREFIX) || !/^[\dA-Za-z+/]+={0,2}$/.test(base64)) return undefined;
  const key = Buffer.from(base64, 'base64');
  const whole = key.toString('base64') === base64;
  return whole && key.length >= MIN_KEY_BYTES && key.length <= MAX_KEY_BYTES ? key : undefined;
}

const secretOf = (key: Buffer): string => `${PREFIX}${key.toString('base64')}`;

export interface SigningSecrets {
  /** Newest first: one, or two for a day after a rotation. Never fails, for any client. */
  keysOf(client: string): readonly [newest: Buffer, replaced?: Buffer];
  /** The secret, once, if it was made here and not shown before; undefined otherwise. */
  reveal(client: string): string | undefined;
  /** Makes a new secret and shows it; the one before signs beside it for a day. */
  rotate(client: string): string;
}

export interface SigningSecretsParts {
  /** Client to secret, each of `SIGNING_SECRET_FORM`. */
  readonly configured: ReadonlyMap<string, string>;
  readonly randomBytes: (count: number) => Buffer;
  readonly clock: Pick<Clock, 'now'>;
}

interface Shown {
  readonly newest: Buffer;
  readonly replaced?: { readonly key: Buffer; readonly untilMs: number };
}

/**
 * A client that configuration does not name has a key that follows from one random root and its name, so that strangers
 * without number neither fill memory nor push another's secret out. Throws for a configured secret of another form.
 */
export function createSigningSecrets({ configured, randomBytes, clock }: SigningSecretsParts): SigningSecrets {
  const given = new Map([...configured].map(([client, secret]) => [client, configuredKey(client, secret)]));
  const root = randomBytes(KEY_BYTES);
  const shown = new Map<string, Shown>();

  const firstKey = (client: string): Buffer => given.get(client) ?? createHmac('sha256', root).update(client).digest();
  const newestOf = (client: string): Buffer => shown.get(client)?.newest ?? firstKey(client);
  const remember = (client: string, state: Shown): void => {
    if (!shown.has(client) && shown.size >= MAX_SHOWN_CLIENTS)
      throw new Refusal('limit_reached', `secrets of ${MAX_SHOWN_CLIENTS} clients were shown, and no more can be`);
    shown.set(client, state);
  };

  return {
    keysOf(client) {
      const replaced = shown.get(client)?.replaced;
      return replaced && clock.now() < replaced.untilMs ? [newestOf(client), replaced.key] : [newestOf(client)];
    },
    reveal(client) {
      if (given.has(client) || shown.has(client)) return undefined;
      const newest = firstKey(client);
      remember(client, { newest });
      return secretOf(newest);
    },
    rotate(client) {
      const newest = randomBytes(KEY_BYTES);
      remember(client, { newest, replaced: { key: newestOf(client), untilMs: clock.now() + ROTATION_MS } });
      return secretOf(newest);
    },
  };
}

function configuredKey(client: string, secret: string): Buffer {
  const key = parseSigningSecret(secret);
  if (!key) throw new Error(`the signing secret of ${client} must be ${SIGNING_SECRET_FORM}`);
  return key;
}
