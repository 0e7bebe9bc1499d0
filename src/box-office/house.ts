// The house as somebody sees it who stands in it: sessions with their seats by status, and of one session who has which seat.
import type { BoxOfficeContext } from './context.ts';
import { holdersIn } from './holders.ts';
import type { Page } from './listing.ts';
import { SEAT_CODE, SEAT_STATUSES, type SeatPosition, type SeatStatus } from './season/seat.ts';
import type { Session, SessionPlan } from './season/session.ts';

export interface HouseFilter {
  /** Words that stand in its id, film, venue or hall, in either case; all of them. */
  readonly find?: string | undefined;
  /** Only sessions of which seats are reserved or sold. */
  readonly touched?: boolean | undefined;
}

export interface HouseSession {
  readonly session: Session;
  /** Seats by status, in the order of SEAT_STATUSES. */
  readonly counts: readonly number[];
}

export interface HouseSeat {
  readonly place: SeatPosition;
  readonly status: SeatStatus;
  /** Who holds or owns it; undefined of a seat that is free or blocked. */
  readonly client: string | undefined;
}

export interface House {
  /** In order of showing; `from` is a position in the season. */
  sessions(filter: HouseFilter, from: number, limit: number): Page<HouseSession>;
  /** Every seat as it is, whatever a fault tells sellers; throws a Refusal for an unknown id. */
  session(id: string): HouseSession & { readonly seats: readonly HouseSeat[] };
}

export const houseOf = (context: BoxOfficeContext): House => ({
  sessions: (filter, from, limit) => sessionsOf(context, filter, from, limit),
  session: (id) => ({ ...houseSession(context, id), seats: seatsOf(context, id) }),
});

function sessionsOf(context: BoxOfficeContext, filter: HouseFilter, from: number, limit: number): Page<HouseSession> {
  const { sessions } = context.season;
  const words = (filter.find ?? '').toLowerCase().split(/\s+/);
  const touched = filter.touched ? touchedIn(context) : undefined;
  const items: HouseSession[] = [];
  for (let position = Math.max(0, from); position < sessions.length; position++) {
    const plan = sessions[position] as SessionPlan;
    if (touched && !touched.has(plan.id)) continue;
    if (!hasWords(plan, words)) continue;
    if (items.length === limit) return { items, next: position };
    items.push(houseSession(context, plan.id));
  }
  return { items };
}

/** Those that nobody came to are many, and nothing is kept of them. */
function touchedIn({ store, inventory }: BoxOfficeContext): Set<string> {
  const touched = new Set<string>();
  for (const [id] of store.all('session')) {
    const counts = inventory.ledger(id)?.counts ?? [];
    if ((counts[SEAT_CODE.reserved] ?? 0) + (counts[SEAT_CODE.sold] ?? 0) > 0) touched.add(id);
  }
  return touched;
}

function hasWords({ id, film, venue, hall }: SessionPlan, words: readonly string[]): boolean {
  const text = `${id} ${film.id} ${film.title} ${venue.name} ${hall.name}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function houseSession({ inventory }: BoxOfficeContext, id: string): HouseSession {
  const session = inventory.session(id);
  return { session, counts: inventory.ledger(id)?.counts ?? session.plan.layout.openingCounts };
}

function seatsOf({ inventory }: BoxOfficeContext, id: string): HouseSeat[] {
  const { layout, states } = inventory.seatMap(id);
  const ledger = inventory.ledger(id);
  const clients = new Map<string, string>();
  for (const { reservation } of ledger ? holdersIn(ledger) : []) {
    const { seats = [], client = '' } = ledger?.reservations.get(reservation) ?? {};
    for (const seat of seats) clients.set(seat, client);
  }
  return layout.places.map((place, index) => ({
    place,
    status: SEAT_STATUSES[states[index] as number] as SeatStatus,
    client: clients.get(place.id),
  }));
}
