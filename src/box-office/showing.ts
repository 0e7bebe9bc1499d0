// Showing sessions and their seats, as they are or as sold out.
import type { Inventory } from './inventory.ts';
import type { Page, SessionFilter } from './listing.ts';
import type { SeatMap } from './season/seat.ts';
import type { Session } from './season/session.ts';
import { seatsSoldOut, shownSoldOut } from './sold-out.ts';
import { HONEST, type Terms } from './terms.ts';

export function createShowing(inventory: Inventory) {
  return {
    sessions(filter: SessionFilter, from: number, limit: number, { soldOut, used }: Terms = HONEST): Page<Session> {
      const honest = inventory.list(filter, from, limit, undefined);
      if (!soldOut) return honest;
      const told = inventory.list(filter, from, limit, shownSoldOut);
      if (!isSame(honest, told)) used?.add('soldOut');
      return told;
    },
    session(id: string, { soldOut, used }: Terms = HONEST): Session {
      const session = inventory.session(id);
      if (!soldOut) return session;
      const told = shownSoldOut(session);
      if (told !== session) used?.add('soldOut');
      return told;
    },
    seatMap(id: string, { soldOut, used }: Terms = HONEST): SeatMap {
      const session = inventory.session(id);
      const map = inventory.seatMap(id);
      if (!soldOut || shownSoldOut(session) === session) return map;
      used?.add('soldOut');
      return seatsSoldOut(map);
    },
  };
}

/** What is not shown otherwise is the very same session. */
const isSame = (one: Page<Session>, other: Page<Session>): boolean =>
  one.next === other.next &&
  one.items.length === other.items.length &&
  one.items.every((session, at) => session === other.items[at]);
