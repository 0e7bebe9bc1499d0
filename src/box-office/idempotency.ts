// Idempotency keys: a key is claimed when the work starts and settled with the honest answer when it ends.
// Stored for 24 h of box-office time, by client, path and key (draft-ietf-httpapi-idempotency-key-header).

/** How long a settled answer is replayed. */
export const KEY_AGE_MS = 24 * 3_600_000;

/** An answer as it is kept: enough to give the very same bytes again. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
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
