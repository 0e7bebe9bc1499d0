// A session shown as sold out though it is not: every seat taken, whatever the ledger says.
import { SEAT_CODE } from './ledger.ts';
import type { SeatMap } from './seat.ts';
import type { Session } from './session.ts';

/** What is shown falsely never changes, and honest versions begin at 1. */
const VERSION = 0;

/** A session that could be bought, sold out; any other is as it is. */
export function shownSoldOut(session: Session): Session {
  if (session.status !== 'on_sale' && session.status !== 'presale') return session;
  return { ...session, status: 'sold_out', available: 0, version: VERSION };
}

/** Blocked seats stay blocked. */
export function seatsSoldOut(map: SeatMap): SeatMap {
  const states = map.states.map((code) => (code === SEAT_CODE.blocked ? code : SEAT_CODE.sold));
  return { ...map, version: VERSION, states };
}
