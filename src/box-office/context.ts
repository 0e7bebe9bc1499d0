// What every verb of the box office works with, and the tallies it claims from.
import type { BoxOfficeClock, Inventory } from './inventory.ts';
import type { Season } from './season/season.ts';
import type { LedgerDraft } from './state/ledger-draft.ts';
import type { Store } from './state/store.ts';
import type { TallyAggregate } from './state/tally.ts';

export interface BoxOfficeContext {
  readonly season: Season;
  readonly store: Store;
  readonly clock: BoxOfficeClock;
  readonly seed: number;
  readonly openedAt: number;
  readonly reservationTtlMs: number;
  readonly inventory: Inventory;
  /** Changes one session, with all that is due settled first; in a dry run nothing is laid down. */
  change<Result>(sessionId: string, step: (draft: LedgerDraft, now: number) => Result): Promise<Result>;
}

/** Claims so many of something that has a bound; false when there are not so many left, with nothing claimed. */
export async function claim(
  desk: BoxOfficeContext,
  tally: TallyAggregate,
  { sessionId, count, bound }: { sessionId: string; count: number; bound: number },
): Promise<boolean> {
  if (claimed(desk, tally, bound - count) + count > bound) return false;
  return desk.store.change(tally, (draft) => {
    if (draft.total + count > bound) return false;
    draft.add(sessionId, count);
    return true;
  });
}

/** Takes back what was claimed: the compensation of a claim whose work came to nothing, and the end of one that held. */
export function unclaim(
  desk: BoxOfficeContext,
  tally: TallyAggregate,
  sessionId: string,
  count: number,
): Promise<void> {
  return desk.store.change(tally, (draft) => draft.add(sessionId, -count));
}

/** How many stand; above `enough`, what has lapsed in the sessions concerned is settled before it counts. */
export function claimed({ store, inventory }: BoxOfficeContext, tally: TallyAggregate, enough: number): number {
  const state = store.peek(tally);
  if (!state) return 0;
  if (state.total > enough) for (const sessionId of [...state.bySession.keys()]) inventory.session(sessionId);
  return state.total;
}
