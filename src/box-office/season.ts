// A season: everything the doors open with. Immutable, and shared by all worlds that play it.
import type { DiscountCode } from './discount.ts';
import type { SessionPlan } from './session.ts';

export interface Season {
  readonly name: string;
  readonly currency: string;
  /** In order of showing. */
  readonly sessions: readonly SessionPlan[];
  readonly sessionById: ReadonlyMap<string, SessionPlan>;
  readonly discounts: ReadonlyMap<string, DiscountCode>;
  /** Codes that open the presale. */
  readonly accessCodes: ReadonlySet<string>;
  /** Tickets a customer may hold or own per film. */
  readonly ticketsPerFilmAndCustomer: number;
  /** All seats of all sessions. */
  readonly seats: number;
}
