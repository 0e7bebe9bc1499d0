// The box office: every verb a seller can ask for, without HTTP; what faults tell it to do otherwise is put around the verbs.
import { createTopic, type Topic } from '../base/topic.ts';
import { createBook, type Totals } from './book.ts';
import type { BoxOfficeContext } from './context.ts';
import { type DiscountQuestion, verdictFor } from './discounting.ts';
import type { Fact } from './facts.ts';
import { dryVerbs } from './interference/dry-run.ts';
import { losingVerbs } from './interference/lost-flow.ts';
import { soldOutReserve, soldOutShowing } from './interference/sold-out.ts';
import type { Breach } from './invariants.ts';
import { Inventory } from './inventory/inventory.ts';
import type { BoxOfficeClock } from './inventory/lapse-alarm.ts';
import type { Page } from './listing.ts';
import type { Order } from './order.ts';
import { findOrders } from './orders.ts';
import type { PaymentRules } from './paying/money.ts';
import type { DiscountVerdict } from './season/discount.ts';
import type { Season } from './season/season.ts';
import { createShowing, type Showing } from './showing.ts';
import { createClaimIds } from './state/claim-ids.ts';
import { type LinkedPayment, linkedPayment } from './state/payment-links.ts';
import type { Store } from './state/store.ts';
import { HONEST, type Terms } from './terms.ts';
import { createVerbs, type Verbs } from './verbs.ts';

export type { Totals } from './book.ts';
export type { BoxOfficeClock } from './inventory/lapse-alarm.ts';
export type { Page, SessionFilter } from './listing.ts';

/** Every verb rejects with a Refusal<BoxOfficeCode> for an expected no. */
export interface BoxOffice extends Showing, Verbs {
  readonly season: Season;
  /** When the doors opened, epoch ms: plan moments count from here. */
  readonly openedAt: number;
  /** What happened, each told once it is laid down; costs next to nothing while nobody listens. */
  readonly facts: Topic<Fact>;
  validateDiscount(question: DiscountQuestion, terms: Terms): Promise<DiscountVerdict>;
  /** Own orders of that reference in order of creation. */
  findOrders(client: string, externalRef: string, from: number, limit: number): Promise<Page<Order>>;
  /** The payment whose page has this token in its URL. */
  linkedPayment(token: string): LinkedPayment | undefined;
  /**
   * Seats by status over the whole season; `reservations` counts the active ones, `orders` those that wait for payment
   * or are completed.
   */
  totals(): Totals;
  /** What is broken in the books; nothing, unless this program has a mistake. */
  invariants(): readonly Breach[];
  /** For a box office whose place another takes: it sets no alarm and tells nothing any more; verbs under way still end. */
  close(): void;
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
  /** Where facts are told; unset: on a topic of its own. Box offices that follow each other may share one. */
  readonly facts?: Topic<Fact>;
  /** Unset: late money is given back, and every refund comes at once. */
  readonly paymentRules?: PaymentRules;
  /** What stands for a payment in the URL of its page; unset: its id, where no page is served. */
  paymentToken?(paymentId: string): string;
  /** Tells this box office's claims from those of others over the same store; unset: there are no others. */
  readonly claimant?: string;
}

export function createBoxOffice(settings: BoxOfficeSettings): BoxOffice {
  const { season, openedAt, facts = createTopic(), firstVersion = 1, claimant = '' } = settings;
  const { paymentRules = NOTHING_LATE, paymentToken = (id: string) => id } = settings;
  const inventory = new Inventory({ ...settings, facts, firstVersion, paymentRules, paymentToken });
  const context: BoxOfficeContext = {
    ...settings,
    inventory,
    paymentToken,
    nextClaimId: createClaimIds(claimant),
    change: (id, step) => inventory.change(id, step),
  };
  const honest = createShowing(inventory);
  const shown = ({ soldOut, used }: Terms): Showing => (soldOut ? soldOutShowing(honest, inventory, used) : honest);
  const under = createTold(context);
  return {
    season,
    openedAt,
    facts,
    sessions: (filter, from, limit, terms = HONEST) => shown(terms).sessions(filter, from, limit),
    session: (id, terms = HONEST) => shown(terms).session(id),
    seatMap: (id, terms = HONEST) => shown(terms).seatMap(id),
    validateDiscount: async (question, terms) => verdictFor(context, question, terms),
    reserve: (request, terms) => under(terms).reserve(request, terms),
    reservation: (client, id, terms = HONEST) => under(terms).reservation(client, id, terms),
    extend: (client, id, terms) => under(terms).extend(client, id, terms),
    release: (client, id, terms) => under(terms).release(client, id, terms),
    createOrder: (request, terms) => under(terms).createOrder(request, terms),
    completeOrder: (client, id, reference, terms) => under(terms).completeOrder(client, id, reference, terms),
    order: (client, id, terms = HONEST) => under(terms).order(client, id, terms),
    findOrders: (client, externalRef, from, limit) => findOrders(context, { client, externalRef, from, limit }),
    cancelOrder: (client, id, terms) => under(terms).cancelOrder(client, id, terms),
    payment: (id, terms = HONEST) => under(terms).payment(id, terms),
    payByCard: (attempted, terms) => under(terms).payByCard(attempted, terms),
    answerChallenge: (attempted, terms) => under(terms).answerChallenge(attempted, terms),
    linkedPayment: (token) => linkedPayment(settings.store, token),
    ...createBook(context),
    close: () => inventory.close(),
  };
}

const NOTHING_LATE: PaymentRules = Object.freeze({ refundAfterMs: 0, latePayment: 'refund' });

/** The verbs as terms tell them to act: each term that changes more than a figure is one step around them. */
function createTold(context: BoxOfficeContext): (terms: Terms) => Verbs {
  const honest = createVerbs(context);
  return ({ dryRun, soldOut, loseFlow, used }) => {
    let verbs = dryRun ? dryVerbs(context, dryRun.salt, used) : honest;
    if (soldOut) verbs = { ...verbs, reserve: soldOutReserve(context, used) };
    if (loseFlow && !dryRun) verbs = losingVerbs(verbs, context, used);
    return verbs;
  };
}
