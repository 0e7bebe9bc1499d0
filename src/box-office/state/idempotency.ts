// Idempotency keys: a key is claimed when the work starts and settled with the honest answer when it ends.
// Stored for 24 h of box-office time, by client, path and key (draft-ietf-httpapi-idempotency-key-header), in bounded memory.
import { createHash } from 'node:crypto';
import { refuse } from '../refusals.ts';
import { Overlay } from './overlay.ts';
import type { Aggregate, Draft, Store } from './store.ts';

/** How long a settled answer is replayed. */
export const KEY_AGE_MS = 24 * 3_600_000;

/** An answer as it is kept: enough to give the very same bytes again. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | Buffer;
}

export interface KeyScope {
  readonly client: string;
  readonly path: string;
  readonly key: string;
}

export type Claim =
  | { readonly state: 'replay'; readonly answer: StoredAnswer }
  /** The work is the caller's to do; it settles once, with nothing when the key is to be forgotten. */
  | { readonly state: 'claimed'; settle(answer: StoredAnswer | undefined): void };

/** Rejects with `idempotency_key_reused` (same key, other fingerprint) or `idempotency_in_progress`. */
export interface IdempotencyKeys {
  claim(scope: KeyScope, fingerprint: string): Promise<Claim>;
}

/** 2xx and 4xx are kept; 409 and 429 are about the moment, 5xx about the server. */
export function isKept(status: number): boolean {
  return (status >= 200 && status < 300) || (status >= 400 && status < 500 && status !== 409 && status !== 429);
}

/** Keys kept at most, and what they and their answers may take; the oldest settled answer goes first. */
export const MAX_KEYS = 100_000;
export const MAX_KEY_BYTES = 33_554_432;
/** What a key takes beside its answer's body and headers; measured on V8 24: 410. */
const KEY_BYTES = 450;

export interface IdempotencySettings {
  readonly store: Store;
  /** Box-office time: moving it ages the keys. */
  readonly clock: { now(): number };
  /** Unset: MAX_KEYS. */
  readonly maxKeys?: number;
  /** Unset: MAX_KEY_BYTES. */
  readonly maxBytes?: number;
}

/** A key without an answer is still at work. */
interface KeyEntry {
  readonly fingerprint: string;
  readonly answer?: StoredAnswer;
  readonly settledAt?: number;
}

interface Keys {
  /** In order of claiming. */
  readonly running: Map<string, KeyEntry>;
  /** In order of settling. */
  readonly settled: Map<string, KeyEntry>;
  /** Estimated, of all of them. */
  bytes: number;
}

type Bounds = Required<Pick<IdempotencySettings, 'maxKeys' | 'maxBytes'>>;

class KeysDraft implements Draft {
  readonly running: Overlay<KeyEntry>;
  readonly settled: Overlay<KeyEntry>;
  readonly #keys: Keys;
  readonly #bounds: Bounds;
  #bytes: number;

  constructor(keys: Keys, bounds: Bounds) {
    this.running = new Overlay(keys.running);
    this.settled = new Overlay(keys.settled);
    this.#keys = keys;
    this.#bounds = bounds;
    this.#bytes = keys.bytes;
  }

  put(to: 'running' | 'settled', id: string, entry: KeyEntry): void {
    this[to].set(id, entry);
    this.#bytes += bytesOf(entry);
  }

  take(from: 'running' | 'settled', id: string, entry: KeyEntry): void {
    this[from].delete(id);
    this.#bytes -= bytesOf(entry);
  }

  commit(): void {
    this.running.commit();
    this.settled.commit();
    this.#keys.bytes = this.#bytes;
    const { settled, running } = this.#keys;
    const { maxKeys, maxBytes } = this.#bounds;
    for (const keys of [settled, running])
      for (const [id, entry] of keys) {
        if (settled.size + running.size <= maxKeys && this.#keys.bytes <= maxBytes) return;
        keys.delete(id);
        this.#keys.bytes -= bytesOf(entry);
      }
  }
}

/** Of a key with its answer, as kept in memory; headers and bodies are counted by their characters. */
function bytesOf({ answer }: KeyEntry): number {
  if (!answer) return KEY_BYTES;
  return answer.headers.reduce(
    (sum, [name, value]) => sum + name.length + value.length,
    KEY_BYTES + answer.body.length,
  );
}

const keysOf = (bounds: Bounds): Aggregate<Keys, KeysDraft> => ({
  kind: 'keys',
  id: '',
  begin: () => ({ running: new Map(), settled: new Map(), bytes: 0 }),
  draft: (keys) => new KeysDraft(keys, bounds),
});

/** Of one length, however long path and key are. */
const idOf = ({ client, path, key }: KeyScope): string =>
  createHash('sha256')
    .update(JSON.stringify([client, path, key]))
    .digest('base64url');

export function createIdempotencyKeys({
  store,
  clock,
  maxKeys = MAX_KEYS,
  maxBytes = MAX_KEY_BYTES,
}: IdempotencySettings): IdempotencyKeys {
  const aggregate = keysOf({ maxKeys, maxBytes });
  return {
    async claim(scope, fingerprint) {
      const id = idOf(scope);
      const entry: KeyEntry = { fingerprint };
      const known = await store.change(aggregate, (draft) => begin(draft, { id, entry, now: clock.now() }));
      if (known) return { state: 'replay', answer: known };
      return {
        state: 'claimed',
        settle: (answer) =>
          store.settle(aggregate, (draft) => {
            end(draft, id, entry, answer && { fingerprint, answer, settledAt: clock.now() });
          }),
      };
    },
  };
}

/** Claims a key, or gives the answer it was settled with. */
function begin(
  draft: KeysDraft,
  { id, entry, now }: { id: string; entry: KeyEntry; now: number },
): StoredAnswer | undefined {
  const settled = draft.settled.get(id);
  const aged = settled?.settledAt !== undefined && now - settled.settledAt >= KEY_AGE_MS;
  const known = draft.running.get(id) ?? (aged ? undefined : settled);
  if (known && known.fingerprint !== entry.fingerprint)
    throw refuse('idempotency_key_reused', 'This Idempotency-Key was used with another request.');
  if (known?.answer) return known.answer;
  if (known) throw refuse('idempotency_in_progress', 'The request with this Idempotency-Key is still at work.');
  if (aged) draft.take('settled', id, settled);
  draft.put('running', id, entry);
  return undefined;
}

/** Only the claim that began the work ends it; one that was pushed out, or settled before, changes nothing. */
function end(draft: KeysDraft, id: string, begun: KeyEntry, settled: KeyEntry | undefined): void {
  if (draft.running.get(id) !== begun) return;
  draft.take('running', id, begun);
  if (settled) draft.put('settled', id, settled);
}
