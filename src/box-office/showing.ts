// Showing sessions and their seats, as they are.
import type { Inventory } from './inventory/inventory.ts';
import type { Page, SessionFilter } from './listing.ts';
import type { SeatMap } from './season/seat.ts';
import type { Session } from './season/session.ts';
import type { Terms } from './terms.ts';

/** Synchronous, for the read path; each throws a Refusal<BoxOfficeCode> for an expected no. */
export interface Showing {
  /** From position `from` (0 = start), at most `limit`. */
  sessions(filter: SessionFilter, from: number, limit: number, terms?: Terms): Page<Session>;
  session(id: string, terms?: Terms): Session;
  seatMap(sessionId: string, terms?: Terms): SeatMap;
}

export function createShowing(inventory: Inventory): Showing {
  return {
    sessions: (filter, from, limit) => inventory.list(filter, from, limit),
    session: (id) => inventory.session(id),
    seatMap: (id) => inventory.seatMap(id),
  };
}
