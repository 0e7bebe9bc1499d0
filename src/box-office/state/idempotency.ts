// Idempotency keys: a key is claimed when the work starts and settled with the honest answer when it ends.
// Stored for 24 h of box-office time, by client, path and key (draft-ietf-httpapi-idempotency-key-header), in bounded memory.
import { digestOf } from '../../base/digest.ts';
import { refuse } from '../refusals.ts';
import { createClaimIds } from './claim-ids.ts';
import { KeptKeys } from './kept-keys.ts';
import { type KeyDraft, keyAggregate, type StoredAnswer } from './key.ts';
import type { Store } from './store.ts';

export type { StoredAnswer } from './key.ts';

/** How long a settled answer is replayed. */
export const KEY_AGE_MS = 24 * 3_600_000;

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
  /** Loses what is kept under a key, settled or still at work, and says whether there was anything. */
  forget(scope: KeyScope): boolean;
}

/** 2xx and 4xx are kept; 409 and 429 are about the moment, 5xx about the server. */
export function isKept(status: number): boolean {
  return (status >= 200 && status < 300) || (status >= 400 && status < 500 && status !== 409 && status !== 429);
}

/** Keys kept at most, and what they and their answers may take; the oldest settled answer goes first. */
export const MAX_KEYS = 100_000;
export const MAX_KEY_BYTES = 33_554_432;

export interface IdempotencySettings {
  readonly store: Store;
  /** Box-office time: moving it ages the keys. */
  readonly clock: { now(): number };
  /** Unset: MAX_KEYS. */
  readonly maxKeys?: number;
  /** Unset: MAX_KEY_BYTES. */
  readonly maxBytes?: number;
  /** Tells the claims made here from those of others over the same store; unset: there are no others. */
  readonly claimant?: string;
}

/** Of one length, however long path and key are. */
const idOf = ({ client, path, key }: KeyScope): string => digestOf(JSON.stringify([client, path, key]));

export function createIdempotencyKeys(settings: IdempotencySettings): IdempotencyKeys {
  const { store, clock, maxKeys = MAX_KEYS, maxBytes = MAX_KEY_BYTES, claimant = '' } = settings;
  const kept = new KeptKeys(maxKeys, maxBytes);
  const nextClaimId = createClaimIds(claimant);
  const forgetSurplus = (): void => {
    for (let id = kept.surplus(); id !== undefined; id = kept.surplus())
      store.settle(keyAggregate(id, kept), (draft) => draft.forget());
  };
  return {
    async claim(scope, fingerprint) {
      const key = keyAggregate(idOf(scope), kept);
      const claimId = nextClaimId();
      const answer = await store.change(key, (draft) => begin(draft, { fingerprint, claimId, now: clock.now() }));
      if (answer) return { state: 'replay', answer };
      forgetSurplus();
      return {
        state: 'claimed',
        settle(answer) {
          store.settle(key, (draft) => end(draft, claimId, answer && { answer, settledAt: clock.now() }));
          forgetSurplus();
        },
      };
    },
    forget(scope) {
      return store.settle(keyAggregate(idOf(scope), kept), (draft) => {
        const isKnown = stillKnown(draft, clock.now()) !== undefined;
        if (isKnown) draft.forget();
        return isKnown;
      });
    },
  };
}

/** A settled key is known for its age. */
const stillKnown = ({ entry }: KeyDraft, now: number): KeyDraft['entry'] =>
  entry?.settled && now - entry.settled.settledAt >= KEY_AGE_MS ? undefined : entry;

/** Claims the key, or gives the answer it was settled with; claiming it again by the same claim changes nothing. */
function begin(
  draft: KeyDraft,
  { fingerprint, claimId, now }: { fingerprint: string; claimId: string; now: number },
): StoredAnswer | undefined {
  const known = stillKnown(draft, now);
  if (known?.claimId === claimId) return undefined;
  if (known && known.fingerprint !== fingerprint)
    throw refuse('idempotency_key_reused', 'This Idempotency-Key was used with another request.');
  if (known?.settled) return known.settled.answer;
  if (known) throw refuse('idempotency_in_progress', 'The request with this Idempotency-Key is still at work.');
  draft.set({ fingerprint, claimId });
  return undefined;
}

/** Only the claim that began the work ends it; one that was pushed out, or settled before, changes nothing. */
function end(
  draft: KeyDraft,
  claimId: string,
  settled: { readonly answer: StoredAnswer; readonly settledAt: number } | undefined,
): void {
  const { entry } = draft;
  if (entry?.claimId !== claimId || entry.settled) return;
  if (settled) draft.set({ ...entry, settled });
  else draft.forget();
}
