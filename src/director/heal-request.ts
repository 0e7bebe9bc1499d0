// What an all clear may be asked: how to let go, and what to spare.
import type { Release } from '../wire/held.ts';

export { RELEASES } from '../wire/held.ts';

/** What a heal may spare: a storm may outlive its trigger. */
export const KEEPABLE = ['capacity', 'crowd', 'playback'] as const;

export interface HealRequest {
  /** Unset: what would have ended by itself goes on, and what would not is reset. */
  readonly release?: Release | undefined;
  readonly keep?: readonly (typeof KEEPABLE)[number][] | undefined;
  readonly by?: string | undefined;
}

/** How something is to end, and who says so. */
export interface EndRequest {
  /** Unset: what would have ended by itself goes on, and what would not is reset. */
  readonly release?: Release | undefined;
  readonly by?: string | undefined;
}
