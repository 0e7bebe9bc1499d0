// A session that is told to be sold out though it is not: every seat taken, whatever the ledger says.
import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../base/refusal.ts';
import type { BoxOfficeContext } from './context.ts';
import { refuse } from './refusals.ts';
import type { SeatMap } from './season/seat.ts';
import type { Session } from './season/session.ts';
import { SEAT_CODE } from './state/ledger.ts';
import type { Terms } from './terms.ts';

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

/** The code of a seat as a request finds it. */
export type SeatNow = (index: number) => number;

interface Asked {
  readonly sessionId: string;
  /** Finds the seats of the request, or refuses. */
  pick(seat: SeatNow): readonly number[];
  checkSelling(now: number): void;
}

/** Tells that no seat is free; it is told wrongly if that is not what would have been said. */
export async function refuseAsSoldOut(
  desk: BoxOfficeContext,
  { sessionId, pick, checkSelling }: Asked,
  { used }: Terms,
): Promise<never> {
  const { told, honest } = await desk.change(sessionId, (draft, now) => {
    checkSelling(now);
    return { told: refusalOf(pick, () => SEAT_CODE.sold), honest: refusalOf(pick, (index) => draft.seat(index)) };
  });
  if (honest?.message !== told?.message || !isDeepStrictEqual(honest?.facts, told?.facts)) used?.add('soldOut');
  throw told ?? refuse('seat_unavailable', 'Sold out.', { seats: [] });
}

/** What is said when no seats can be picked; undefined when they can. */
function refusalOf(pick: Asked['pick'], seat: SeatNow): Refusal | undefined {
  try {
    pick(seat);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
