// Showing sessions and their seats, as they are.
import type { Page, SessionFilter } from './listing.ts';
import type { SeatMap } from './season/seat.ts';
import type { Session } from './season/session.ts';

/** Synchronous, for the read path; each throws a Refusal<BoxOfficeCode> for an expected no. */
export interface Showing {
  /** From position `from` (0 = start), at most `limit`. */
  sessions(filter: SessionFilter, from: number, limit: number): Page<Session>;
  session(id: string): Session;
  seatMap(sessionId: string): SeatMap;
}
