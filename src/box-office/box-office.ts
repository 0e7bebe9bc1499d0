// The box office: every verb a seller can ask for, without HTTP; what faults tell it to do otherwise is put around the verbs.
import { createTopic, type Topic } from '../base/topic.ts';
import { type Audit, auditOf } from './audit/audit.ts';
import type { Breach } from './audit/breach.ts';
import { breachesIn, refundsPendingIn, type SeatTotals, seatTotalsOf, type Totals, totalsOf } from './book.ts';
import type { BoxOfficeSettings } from './box-office-settings.ts';
import type { BoxOfficeContext } from './context.ts';
import { type DiscountQuestion, verdictFor } from './discounting.ts';
import type { Fact } from './facts.ts';
import { type House, houseOf } from './house.ts';
import { dryVerbs } from './interference/dry-run.ts';
import { losingVerbs } from './interference/lost-flow.ts';
import { soldOutReserve, soldOutShowing } from './interference/sold-out.ts';
import { Inventory } from './inventory/inventory.ts';
import type { Page, SessionFilter } from './listing.ts';
import type { Order, OrderRequest } from './order.ts';
import { findOrders } from './orders.ts';
import type { AttemptResult } from './paying/attempt.ts';
import type { PaymentRules } from './paying/money.ts';
import type { RedirectOrder } from './paying/redirect-order.ts';
import type { Reservation, ReserveRequest } from './reservation.ts';
import type { DiscountVerdict } from './season/discount.ts';
import type { Season } from './season/season.ts';
import type { SeatMap } from './season/seat.ts';
import type { Session } from './season/session.ts';
import type { Showing } from './showing.ts';
import { createClaimIds } from './state/claim-ids.ts';
import { type LinkedPayment, linkedPayment } from './state/payment-links.ts';
import { HONEST, type Terms } from './terms.ts';
import { createVerbs, type Verbs } from './verbs.ts';

export type { Totals } from './book.ts';
export type { BoxOfficeClock } from './inventory/lapse-alarm.ts';
export type { Page, SessionFilter } from './listing.ts';

/** Every verb rejects with a Refusal<BoxOfficeCode> for an expected no. */
export interface BoxOffice extends Showing, Verbs {
  sessions(filter: SessionFilter, from: number, limit: number, terms?: Terms): Page<Session>;
  session(id: string, terms?: Terms): Session;
  seatMap(sessionId: string, terms?: Terms): SeatMap;
  /** While this is the same, every session is shown by HONEST as it was; NaN, and equal to nothing, at a moment of change. */
  stamp(): number;
  readonly season: Season;
  /** When the doors opened, epoch ms: plan moments count from here. */
  readonly openedAt: number;
  /** What happened, each told once it is laid down; costs next to nothing while nobody listens. */
  readonly facts: Topic<Fact>;
  validateDiscount(question: DiscountQuestion, terms: Terms): Promise<DiscountVerdict>;
  /** Own orders of that reference in order of creation. */
  findOrders(client: string, externalRef: string, from: number, limit: number): Promise<Page<Order>>;
  /** Epoch ms of box-office time. */
  now(): number;
  /** The seats that were reserved for an order. */
  seatsOf(order: Order): readonly string[];
  /** The payment whose page has this token in its URL. */
  linkedPayment(token: string): LinkedPayment | undefined;
  /**
   * Seats by status over the whole season; `reservations` counts the active ones, `orders` those that wait for payment
   * or are completed.
   */
  totals(): Totals;
  /** The seats alone, without a look at every reservation and order. */
  seatTotals(): SeatTotals;
  /** Orders whose money is to be given back. */
  refundsPending(): number;
  /** What is broken in the books; nothing, unless this program has a mistake. */
  invariants(): readonly Breach[];
  /** What was truly reserved, sold and paid, to be read while sales go on. */
  audit(): Audit;
  /** Who has which seat, for those who look at it from outside. */
  house(): House;
  /** For a box office whose place another takes: it sets no alarm and tells nothing any more; verbs under way still end. */
  close(): void;
}

const NOTHING_LATE: PaymentRules = Object.freeze({ refundAfterMs: 0, latePayment: 'refund' });
const itself = (paymentId: string): string => paymentId;

export const createBoxOffice = (settings: BoxOfficeSettings): BoxOffice => new OpenBoxOffice(settings);

/** A class, since each of thousands of worlds has one. */
class OpenBoxOffice implements BoxOffice {
  readonly season: Season;
  readonly openedAt: number;
  readonly facts: Topic<Fact>;
  readonly #inventory: Inventory;
  readonly #context: BoxOfficeContext;
  /** Made when the first is asked for. */
  #honest: Verbs | undefined;

  constructor(settings: BoxOfficeSettings) {
    const { season, openedAt, facts = createTopic(), firstVersion = 1, claimant = '' } = settings;
    this.season = season;
    this.openedAt = openedAt;
    this.facts = facts;
    const { paymentRules = NOTHING_LATE, paymentToken = itself } = settings;
    const inventory = new Inventory({ ...settings, facts, firstVersion, paymentRules, paymentToken });
    this.#inventory = inventory;
    this.#context = {
      ...settings,
      inventory,
      paymentToken,
      nextClaimId: createClaimIds(claimant),
      change: (id, step) => inventory.change(id, step),
    };
  }

  sessions(filter: SessionFilter, from: number, limit: number, terms: Terms = HONEST): Page<Session> {
    return this.#shown(terms).sessions(filter, from, limit);
  }

  session(id: string, terms: Terms = HONEST): Session {
    return this.#shown(terms).session(id);
  }

  seatMap(id: string, terms: Terms = HONEST): SeatMap {
    return this.#shown(terms).seatMap(id);
  }

  stamp(): number {
    return this.#inventory.stamp();
  }

  async validateDiscount(question: DiscountQuestion, terms: Terms): Promise<DiscountVerdict> {
    return verdictFor(this.#context, question, terms);
  }

  reserve(request: ReserveRequest, terms: Terms): Promise<Reservation> {
    return this.#told(terms).reserve(request, terms);
  }

  reservation(client: string, id: string, terms: Terms = HONEST): Promise<Reservation> {
    return this.#told(terms).reservation(client, id, terms);
  }

  extend(client: string, id: string, terms: Terms): Promise<Reservation> {
    return this.#told(terms).extend(client, id, terms);
  }

  release(client: string, id: string, terms: Terms): Promise<Reservation> {
    return this.#told(terms).release(client, id, terms);
  }

  createOrder(request: OrderRequest, terms: Terms): Promise<Order> {
    return this.#told(terms).createOrder(request, terms);
  }

  completeOrder(client: string, id: string, reference: string | undefined, terms: Terms): Promise<Order> {
    return this.#told(terms).completeOrder(client, id, reference, terms);
  }

  order(client: string, id: string, terms: Terms = HONEST): Promise<Order> {
    return this.#told(terms).order(client, id, terms);
  }

  findOrders(client: string, externalRef: string, from: number, limit: number): Promise<Page<Order>> {
    return findOrders(this.#context, { client, externalRef, from, limit });
  }

  cancelOrder(client: string, id: string, terms: Terms): Promise<Order> {
    return this.#told(terms).cancelOrder(client, id, terms);
  }

  payment(id: string, terms: Terms = HONEST): Promise<RedirectOrder> {
    return this.#told(terms).payment(id, terms);
  }

  payByCard(attempted: Parameters<Verbs['payByCard']>[0], terms: Terms): Promise<AttemptResult> {
    return this.#told(terms).payByCard(attempted, terms);
  }

  answerChallenge(attempted: Parameters<Verbs['answerChallenge']>[0], terms: Terms): Promise<AttemptResult> {
    return this.#told(terms).answerChallenge(attempted, terms);
  }

  linkedPayment(token: string): LinkedPayment | undefined {
    return linkedPayment(this.#context.store, token);
  }

  seatsOf({ sessionId, reservationId }: Order): readonly string[] {
    return this.#inventory.ledger(sessionId)?.reservations.get(reservationId)?.seats ?? [];
  }

  now(): number {
    return this.#context.clock.now();
  }

  totals(): Totals {
    return totalsOf(this.#context);
  }

  seatTotals(): SeatTotals {
    return seatTotalsOf(this.#context);
  }

  refundsPending(): number {
    return refundsPendingIn(this.#context);
  }

  invariants(): readonly Breach[] {
    return breachesIn(this.#context);
  }

  audit(): Audit {
    return auditOf(this.#context);
  }

  house(): House {
    return houseOf(this.#context);
  }

  close(): void {
    this.#inventory.close();
  }

  #shown({ soldOut, used }: Terms): Showing {
    return soldOut ? soldOutShowing(this.#inventory, used) : this.#inventory;
  }

  /** The verbs as terms tell them to act: each term that changes more than a figure is one step around them. */
  #told({ dryRun, soldOut, loseFlow, used }: Terms): Verbs {
    const context = this.#context;
    this.#honest ??= createVerbs(context);
    let verbs = dryRun ? dryVerbs(context, dryRun.salt, used) : this.#honest;
    if (soldOut) verbs = { ...verbs, reserve: soldOutReserve(context, used) };
    if (loseFlow && !dryRun) verbs = losingVerbs(verbs, context, used);
    return verbs;
  }
}
