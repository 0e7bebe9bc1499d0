// Ids of the box office: each carries its session, and depends on the seed and on the order per client only.
import { hash32, join32 } from '../base/chance.ts';
import type { LedgerDraft } from './state/ledger-draft.ts';
import type { Overlay } from './state/overlay.ts';

/** Crockford's base 32: no i, l, o, u, so that ids can be read aloud. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 8;

/** Session ids must fit here, so that a minted id can be taken apart again. */
export const SESSION_ID_FORM = /^[a-z0-9][a-z0-9-]{0,39}$/;
const FORM = /^([rop])_([a-z0-9][a-z0-9-]{0,39})_[0-9a-hjkmnp-tv-z]{8}$/;

export type IdSort = 'r' | 'o' | 'p';

/** The session inside an id of this sort; undefined when it is not such an id. */
export function sessionOf(sort: IdSort, id: string): string | undefined {
  const parts = FORM.exec(id);
  return parts?.[1] === sort ? parts[2] : undefined;
}

export interface Minting {
  readonly sort: IdSort;
  readonly sessionId: string;
  readonly client: string;
  readonly seed: number;
}

/** The client's next id in this session; another client's doings do not change it. */
export function mint(
  draft: LedgerDraft,
  taken: Pick<Overlay<never>, 'has'>,
  { sort, sessionId, client, seed }: Minting,
): string {
  const counter = `${sort}/${client}`;
  for (let count = (draft.minted.get(counter) ?? 0) + 1; ; count++) {
    const id = `${sort}_${sessionId}_${base32(`${sort}/${sessionId}/${client}/${count}`, seed)}`;
    if (taken.has(id)) continue;
    draft.minted.set(counter, count);
    return id;
  }
}

/** Eight digits, 40 bits, of a text. */
export function base32(text: string, seed: number): string {
  const high = hash32(text, seed);
  const low = join32(high, hash32(text, seed ^ 0x5bd1e995));
  let digits = '';
  for (let i = 0; i < LENGTH; i++) {
    const bits = i < 6 ? (high >>> (i * 5)) & 31 : (low >>> ((i - 6) * 5)) & 31;
    digits += DIGITS[bits];
  }
  return digits;
}
