// Idempotency keys: a key is claimed when the work starts and settled with the honest answer when it ends.
// Stored for 24 h of box-office time, by client, path and key (draft-ietf-httpapi-idempotency-key-header).
import { Overlay } from './overlay.ts';
import { refuse } from './refusals.ts';
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

/** Keys kept at most; the oldest settled answer goes first. */
export const MAX_KEYS = 100_000;

export interface IdempotencySettings {
  readonly store: Store;
  /** Box-office time: moving it ages the keys. */
  readonly clock: { now(): number };
  /** Unset: MAX_KEYS. */
  readonly maxKeys?: number;
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
}

class KeysDraft implements Draft {
  readonly running: Overlay<KeyEntry>;
  readonly settled: Overlay<KeyEntry>;
  readonly #keys: Keys;
  readonly #maxKeys: number;

  constructor(keys: Keys, maxKeys: number) {
    this.running = new Overlay(keys.running);
    this.settled = new Overlay(keys.settled);
    this.#keys = keys;
    this.#maxKeys = maxKeys;
  }

  commit(): void {
    this.running.commit();
    this.settled.commit();
    for (const keys of [this.#keys.settled, this.#keys.running])
      for (const key of keys.keys()) {
        if (this.#keys.settled.size + this.#keys.running.size <= this.#maxKeys) return;
        keys.delete(key);
      }
  }
}

const keysOf = (maxKeys: number): Aggregate<Keys, KeysDraft> => ({
  kind: 'keys',
  id: '',
  begin: () => ({ running: new Map(), settled: new Map() }),
  draft: (keys) => new KeysDraft(keys, maxKeys),
});

export function createIdempotencyKeys({ store, clock, maxKeys = MAX_KEYS }: IdempotencySettings): IdempotencyKeys {
  const aggregate = keysOf(maxKeys);
  return {
    async claim({ client, path, key }, fingerprint) {
      const id = JSON.stringify([client, path, key]);
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
  if (aged) draft.settled.delete(id);
  draft.running.set(id, entry);
  return undefined;
}

/** Only the claim that began the work ends it; one that was pushed out, or settled before, changes nothing. */
function end(draft: KeysDraft, id: string, begun: KeyEntry, settled: KeyEntry | undefined): void {
  if (draft.running.get(id) !== begun) return;
  draft.running.delete(id);
  if (settled) draft.settled.set(id, settled);
}
