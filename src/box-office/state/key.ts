// One idempotency key: claimed by a request at work, then settled with its answer; an aggregate of its own.
import type { Subject } from '../subject.ts';
import type { Aggregate, Draft } from './store.ts';

/** An answer as it is kept: enough to give the very same bytes again. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | Buffer;
  /** What it is about; it is not sent. */
  readonly subject?: Subject | undefined;
}

/** A key that is not settled is still at work. */
export interface KeyEntry {
  readonly fingerprint: string;
  /** The request that claimed it. */
  readonly claimId: string;
  readonly settled?: { readonly answer: StoredAnswer; readonly settledAt: number };
}

/** A class with all in fields of its own, since there may be a hundred thousand. */
export class KeyState {
  fingerprint: string | undefined = undefined;
  claimId = '';
  /** Of the answer, from when it is settled. */
  status: number | undefined = undefined;
  headers: StoredAnswer['headers'] = NONE;
  body: StoredAnswer['body'] = '';
  subject: StoredAnswer['subject'] = undefined;
  settledAt: number | undefined = undefined;

  get entry(): KeyEntry | undefined {
    const { fingerprint, claimId, status, headers, body, subject, settledAt } = this;
    if (fingerprint === undefined) return undefined;
    if (status === undefined || settledAt === undefined) return { fingerprint, claimId };
    return { fingerprint, claimId, settled: { answer: { status, headers, body, subject }, settledAt } };
  }

  become(entry: KeyEntry | null): void {
    const { answer, settledAt } = entry?.settled ?? {};
    this.fingerprint = entry?.fingerprint;
    this.claimId = entry?.claimId ?? '';
    this.status = answer?.status;
    this.headers = answer?.headers ?? NONE;
    this.body = answer?.body ?? '';
    this.subject = answer?.subject;
    this.settledAt = settledAt;
  }
}

const NONE: StoredAnswer['headers'] = Object.freeze([]);

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
  begin: () => new KeyState(),
  draft: (state) => new KeyDraft(state),
  apply: (state, { entry }) => state.become(entry),
  isEmpty: ({ fingerprint }) => fingerprint === undefined,
  taken: ({ entry }) => watch.taken(id, entry ?? undefined),
});
