// A season: everything the doors open with. Immutable, and shared by all worlds that play it.
import type { DiscountCode } from './discount.ts';
import { SEAT_STATUSES } from './seat.ts';
import type { SessionPlan } from './session.ts';
import { SessionIndex } from './session-index.ts';

export interface Season {
  readonly name: string;
  readonly currency: string;
  /** In order of showing. */
  readonly sessions: readonly SessionPlan[];
  readonly index: SessionIndex;
  readonly discounts: ReadonlyMap<string, DiscountCode>;
  /** Codes that open the presale. */
  readonly accessCodes: ReadonlySet<string>;
  /** Tickets a customer may hold or own per film. */
  readonly ticketsPerFilmAndCustomer: number;
  /** All seats of all sessions. */
  readonly seats: number;
  /** How many of them have each status before anybody came, in the order of SEAT_STATUSES. */
  readonly openingCounts: readonly number[];
}

/** What a season is made of; the rest follows. */
export interface SeasonParts {
  readonly name: string;
  readonly currency: string;
  readonly sessions: readonly SessionPlan[];
  readonly discounts: readonly DiscountCode[];
  readonly accessCodes: readonly string[];
  readonly ticketsPerFilmAndCustomer: number;
}

/** Puts sessions in order of showing (then of id) and indexes everything. */
export function seasonFrom(parts: SeasonParts): Season {
  const sessions = [...parts.sessions].sort(
    (a, b) => a.startsAtMs - b.startsAtMs || (a.id < b.id ? -1 : Number(a.id > b.id)),
  );
  return Object.freeze({
    name: parts.name,
    currency: parts.currency,
    sessions: Object.freeze(sessions),
    index: new SessionIndex(sessions),
    discounts: new Map(parts.discounts.map((discount) => [discount.code, discount])),
    accessCodes: new Set(parts.accessCodes),
    ticketsPerFilmAndCustomer: parts.ticketsPerFilmAndCustomer,
    openingCounts: SEAT_STATUSES.map((_, code) =>
      sessions.reduce((sum, { layout }) => sum + (layout.openingCounts[code] ?? 0), 0),
    ),
    seats: sessions.reduce((sum, { layout }) => sum + layout.places.length, 0),
  });
}
