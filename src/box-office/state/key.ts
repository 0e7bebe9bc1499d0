// One idempotency key: claimed by a request at work, then settled with its answer; an aggregate of its own.
import type { Aggregate, Draft } from './store.ts';

/** An answer as it is kept: enough to give the very same bytes again. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | Buffer;
}

/** A key that is not settled is still at work. */
export interface KeyEntry {
  readonly fingerprint: string;
  /** The request that claimed it. */
  readonly claimId: string;
  readonly settled?: { readonly answer: StoredAnswer; readonly settledAt: number };
}

export interface KeyState {
  entry: KeyEntry | undefined;
}

/** Null: the key is forgotten. */
type KeyPatch = { readonly entry: KeyEntry | null };

export class KeyDraft implements Draft {
  readonly #key: KeyState;
  #written: KeyPatch | undefined;

  constructor(key: KeyState) {
    this.#key = key;
  }

  get entry(): KeyEntry | undefined {
    return this.#written ? (this.#written.entry ?? undefined) : this.#key.entry;
  }

  set(entry: KeyEntry): void {
    this.#written = { entry };
  }

  forget(): void {
    this.#written = { entry: null };
  }

  patch(): KeyPatch | undefined {
    return this.#written;
  }
}

export interface KeyWatch {
  /** What a key is now here; undefined: forgotten. */
  taken(id: string, entry: KeyEntry | undefined): void;
}

export const keyAggregate = (id: string, watch: KeyWatch): Aggregate<KeyState, KeyDraft> => ({
  kind: 'key',
  id,
  begin: () => ({ entry: undefined }),
  draft: (state) => new KeyDraft(state),
  apply: (state, { entry }) => {
    state.entry = entry ?? undefined;
  },
  isEmpty: ({ entry }) => entry === undefined,
  taken: ({ entry }) => watch.taken(id, entry ?? undefined),
});
