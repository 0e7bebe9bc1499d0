// The box office: every verb a seller can ask for, without HTTP and without faults.
import type { DiscountVerdict } from './discount.ts';
import type { Order, OrderRequest } from './order.ts';
import type { Reservation, ReserveRequest } from './reservation.ts';
import type { Season } from './season.ts';
import type { SeatMap } from './seat.ts';
import type { Session, SessionStatus } from './session.ts';
import type { Terms } from './terms.ts';

export interface SessionFilter {
  /** `YYYY-MM-DD`, the UTC day of `startsAt`. */
  readonly date?: string;
  /** Film id. */
  readonly film?: string;
  /** Venue id. */
  readonly venue?: string;
  readonly status?: SessionStatus;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; unset on the last. */
  readonly next?: number;
}

/** Every verb rejects with a Refusal<BoxOfficeCode> for an expected no. */
export interface BoxOffice {
  readonly season: Season;
  /** When the doors opened, epoch ms: plan moments count from here. */
  readonly openedAt: number;
  /** Synchronous, for the read path: from position `from` (0 = start), at most `limit`. */
  sessions(filter: SessionFilter, from: number, limit: number): Page<Session>;
  session(id: string): Session;
  seatMap(sessionId: string): SeatMap;
  reserve(request: ReserveRequest, terms: Terms): Promise<Reservation>;
  reservation(client: string, id: string): Promise<Reservation>;
  /** Once per reservation: the full time to live again, from now. */
  extend(client: string, id: string, terms: Terms): Promise<Reservation>;
  release(client: string, id: string, terms: Terms): Promise<Reservation>;
  validateDiscount(
    request: { client: string; code: string; sessionId: string; seats: readonly string[]; customerRef: string },
    terms: Terms,
  ): Promise<DiscountVerdict>;
  createOrder(request: OrderRequest, terms: Terms): Promise<Order>;
  completeOrder(client: string, id: string, paymentReference: string | undefined, terms: Terms): Promise<Order>;
  order(client: string, id: string): Promise<Order>;
  /** Own orders of that reference in order of creation. */
  findOrders(client: string, externalRef: string, from: number, limit: number): Promise<Page<Order>>;
  cancelOrder(client: string, id: string, terms: Terms): Promise<Order>;
  /** Seats by status over the whole season, for the snapshot and the invariants. */
  totals(): { free: number; reserved: number; sold: number; blocked: number; reservations: number; orders: number };
}
