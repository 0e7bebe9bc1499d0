// The box office: every verb a seller can ask for, without HTTP and without faults.
import { createBook, type Totals } from './book.ts';
import type { BoxOfficeContext } from './context.ts';
import { verdictFor } from './discounting.ts';
import { dryDesk } from './dry-run.ts';
import type { Breach } from './invariants.ts';
import { type BoxOfficeClock, Inventory } from './inventory.ts';
import type { Page, SessionFilter } from './listing.ts';
import type { Order, OrderRequest } from './order.ts';
import { createOrdering } from './ordering.ts';
import type { Reservation, ReserveRequest } from './reservation.ts';
import { createReserving } from './reserving.ts';
import type { DiscountVerdict } from './season/discount.ts';
import type { Season } from './season/season.ts';
import type { SeatMap } from './season/seat.ts';
import type { Session } from './season/session.ts';
import { createShowing } from './showing.ts';
import type { Store } from './state/store.ts';
import { HONEST, type Terms } from './terms.ts';

export type { Totals } from './book.ts';
export type { BoxOfficeClock } from './inventory.ts';
export type { Page, SessionFilter } from './listing.ts';

/** Every verb rejects with a Refusal<BoxOfficeCode> for an expected no. */
export interface BoxOffice {
  readonly season: Season;
  /** When the doors opened, epoch ms: plan moments count from here. */
  readonly openedAt: number;
  /** Synchronous, for the read path: from position `from` (0 = start), at most `limit`. */
  sessions(filter: SessionFilter, from: number, limit: number, terms?: Terms): Page<Session>;
  session(id: string, terms?: Terms): Session;
  seatMap(sessionId: string, terms?: Terms): SeatMap;
  reserve(request: ReserveRequest, terms: Terms): Promise<Reservation>;
  reservation(client: string, id: string, terms?: Terms): Promise<Reservation>;
  /** Once per reservation: the full time to live again, from now. */
  extend(client: string, id: string, terms: Terms): Promise<Reservation>;
  release(client: string, id: string, terms: Terms): Promise<Reservation>;
  validateDiscount(
    request: { client: string; code: string; sessionId: string; seats: readonly string[]; customerRef: string },
    terms: Terms,
  ): Promise<DiscountVerdict>;
  createOrder(request: OrderRequest, terms: Terms): Promise<Order>;
  completeOrder(client: string, id: string, paymentReference: string | undefined, terms: Terms): Promise<Order>;
  order(client: string, id: string, terms?: Terms): Promise<Order>;
  /** Own orders of that reference in order of creation. */
  findOrders(client: string, externalRef: string, from: number, limit: number): Promise<Page<Order>>;
  cancelOrder(client: string, id: string, terms: Terms): Promise<Order>;
  /**
   * Seats by status over the whole season; `reservations` counts the active ones, `orders` those that wait for payment
   * or are completed.
   */
  totals(): Totals;
  /** What is broken in the books; nothing, unless this program has a mistake. */
  invariants(): readonly Breach[];
}

export interface BoxOfficeSettings {
  readonly season: Season;
  readonly store: Store;
  /** Box-office time; it may jump either way. */
  readonly clock: BoxOfficeClock;
  /** Decides minted ids and barcodes. */
  readonly seed: number;
  /** Epoch ms of box-office time that the season's moments count from. */
  readonly openedAt: number;
  readonly reservationTtlMs: number;
  /**
   * The version each session is first shown with; unset: 1. A box office that takes another's place in the same process
   * begins above all of the former's versions (say, at so many resets times 2^32), or old ETags would match new seats.
   */
  readonly firstVersion?: number;
}

export function createBoxOffice(settings: BoxOfficeSettings): BoxOffice {
  const { season, openedAt } = settings;
  const inventory = new Inventory({ ...settings, firstVersion: settings.firstVersion ?? 1 });
  const desk: BoxOfficeContext = { ...settings, inventory, change: (id, step) => inventory.change(id, step) };
  const honest = verbsOf(desk);
  const under = ({ dryRun }: Terms): Verbs => (dryRun ? verbsOf(dryDesk(desk, dryRun.salt)) : honest);
  return {
    season,
    openedAt,
    ...createShowing(inventory),
    validateDiscount: async (question, terms) => verdictFor(desk, question, terms),
    reserve: (request, terms) => under(terms).reserve(request, terms),
    reservation: (client, id, terms = HONEST) => under(terms).reservation(client, id, terms),
    extend: (client, id, terms) => under(terms).extend(client, id, terms),
    release: (client, id, terms) => under(terms).release(client, id, terms),
    createOrder: (request, terms) => under(terms).createOrder(request, terms),
    completeOrder: (client, id, reference, terms) => under(terms).completeOrder(client, id, reference, terms),
    order: (client, id, terms = HONEST) => under(terms).order(client, id, terms),
    findOrders: honest.findOrders,
    cancelOrder: (client, id, terms) => under(terms).cancelOrder(client, id, terms),
    ...createBook(desk),
  };
}

/** The verbs that change something, and those that read it back. */
type Verbs = ReturnType<typeof createReserving> & ReturnType<typeof createOrdering>;

const verbsOf = (desk: BoxOfficeContext): Verbs => ({ ...createReserving(desk), ...createOrdering(desk) });
