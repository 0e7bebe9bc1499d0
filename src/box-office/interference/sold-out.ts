// A box office that says it is sold out though it is not: every seat taken, whatever the ledger says.
import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../../base/refusal.ts';
import type { BoxOfficeContext } from '../context.ts';
import type { Inventory, SessionView } from '../inventory/inventory.ts';
import type { Page } from '../listing.ts';
import { SEAT_CODE, type SeatMap } from '../season/seat.ts';
import type { Session, SessionStatus } from '../season/session.ts';
import type { Showing } from '../showing.ts';
import type { LedgerDraft } from '../state/ledger-draft.ts';
import type { Term } from '../terms.ts';
import { createVerbs, type Verbs } from '../verbs.ts';
import { dryContext } from './dry-run.ts';

/** What is shown falsely never changes, and honest versions begin at 1. */
const VERSION = 0;

/** A session that could be bought is sold out; any other is as it is. */
const soldOut: SessionView = {
  status: (honest: SessionStatus) => (honest === 'on_sale' || honest === 'presale' ? 'sold_out' : honest),
  session: (honest: Session) =>
    soldOut.status(honest.status) === honest.status
      ? honest
      : { ...honest, status: 'sold_out', available: 0, version: VERSION },
};

/** What is not shown otherwise than it is, is the very same session. */
export function soldOutShowing(honest: Inventory, used: Set<Term> | undefined): Showing {
  return {
    sessions(filter, from, limit) {
      const told = honest.sessions(filter, from, limit, soldOut);
      if (!isSame(honest.sessions(filter, from, limit), told)) used?.add('soldOut');
      return told;
    },
    session(id) {
      const session = honest.session(id);
      const told = soldOut.session(session);
      if (told.version !== session.version) used?.add('soldOut');
      return told;
    },
    seatMap(id) {
      const session = honest.session(id);
      const map = honest.seatMap(id);
      if (soldOut.status(session.status) === session.status) return map;
      used?.add('soldOut');
      return seatsSoldOut(map);
    },
  };
}

/** The versions of equal sessions are equal, and what is shown falsely has none of them. */
const isSame = (one: Page<Session>, other: Page<Session>): boolean =>
  one.next === other.next &&
  one.items.length === other.items.length &&
  one.items.every(
    ({ plan, version }, at) => plan.id === other.items[at]?.plan.id && version === other.items[at].version,
  );

/** Blocked seats stay blocked. */
function seatsSoldOut(map: SeatMap): SeatMap {
  const states = map.states.map((code) => (code === SEAT_CODE.blocked ? code : SEAT_CODE.sold));
  return { ...map, version: VERSION, states };
}

/** Reserves nothing, and refuses as when no seat is free; it is a lie if that is not what would have been said. */
export function soldOutReserve(context: BoxOfficeContext, used: Set<Term> | undefined): Verbs['reserve'] {
  const dry = dryContext(context, 0);
  const verbs = createVerbs({
    ...dry,
    async change(sessionId, step) {
      const { honest, told } = await dry.change(sessionId, (draft, now) => {
        const honest = refusalOf(() => step(draft, now));
        takeEverySeat(draft, context.inventory.plan(sessionId).layout.places.length);
        return { honest, told: refusalOf(() => step(draft, now)) };
      });
      if (!told) throw new Error('A reservation was given though every seat is taken');
      if (honest?.message !== told.message || !isDeepStrictEqual(honest.facts, told.facts)) used?.add('soldOut');
      throw told;
    },
  });
  return (request, terms) => verbs.reserve(request, terms);
}

function takeEverySeat(draft: LedgerDraft, seats: number): void {
  for (let index = 0; index < seats; index++) draft.setSeat(index, SEAT_CODE.sold);
}

/** What is said when the step is refused; undefined when it is not. */
function refusalOf(step: () => unknown): Refusal | undefined {
  try {
    step();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
