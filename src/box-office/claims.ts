// Claims of what is scarce across sessions: taken before the work they are for, given up when it fails or ends.
import type { BoxOfficeContext } from './context.ts';
import type { TallyAggregate } from './state/tally.ts';

interface Wanted {
  readonly claimId: string;
  readonly sessionId: string;
  readonly count: number;
  readonly bound: number;
}

/** False when there are not so many left, with nothing claimed. */
export async function claim(
  context: BoxOfficeContext,
  tally: TallyAggregate,
  { claimId, sessionId, count, bound }: Wanted,
): Promise<boolean> {
  claimed(context, tally, bound - count);
  return context.store.change(tally, (draft) => {
    if (draft.has(claimId)) return true;
    if (draft.total + count > bound) return false;
    draft.put(claimId, { sessionId, count });
    return true;
  });
}

/** Gives up a claim whose work came to nothing; when it is given up already, nothing happens. */
export function unclaim({ store }: BoxOfficeContext, tally: TallyAggregate, claimId: string): void {
  store.settle(tally, (draft) => draft.remove(claimId));
}

/** How many stand; above `enough`, what has lapsed in the sessions concerned is settled before it counts. */
export function claimed({ store, inventory }: BoxOfficeContext, tally: TallyAggregate, enough: number): number {
  const known = store.peek(tally);
  if (!known) return 0;
  if (known.total <= enough) return known.total;
  const sessions = new Set([...known.entries.values()].map(({ sessionId }) => sessionId));
  for (const sessionId of sessions) inventory.session(sessionId);
  return store.peek(tally)?.total ?? 0;
}
