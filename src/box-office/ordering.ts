// Ordering: a reservation becomes an order once, is completed once, or is canceled.
import { barcodeOf } from './barcode.ts';
import { type BoxOfficeContext, unclaim } from './context.ts';
import { claimDiscount, type DiscountUse } from './discounting.ts';
import { loseIfTold } from './forget-flow.ts';
import { mint, sessionOf } from './ids.ts';
import { type Released, releaseSeats } from './lapse.ts';
import type { Page } from './listing.ts';
import type { Order, OrderRequest, Ticket } from './order.ts';
import { refuse } from './refusals.ts';
import type { Reservation } from './reservation.ts';
import { checkActive, own as ownReservation, sessionOfReservation } from './reserving.ts';
import type { SessionPlan } from './season/session.ts';
import { SEAT_CODE } from './state/ledger.ts';
import type { LedgerDraft } from './state/ledger-draft.ts';
import { referencesOf } from './state/references.ts';
import { codeTally, filmTally } from './state/tally.ts';
import type { Terms } from './terms.ts';

/** A payment reference that begins so is declined, as a test card is: `payment_failed`, and the order goes on waiting. */
export const DECLINED_REFERENCE = 'decline';

export function createOrdering(desk: BoxOfficeContext) {
  const { inventory, store } = desk;

  const known = (id: string): Order | undefined => inventory.ledger(sessionOfOrder(id))?.orders.get(id);
  const lose = async (terms: Terms, client: string, id: string): Promise<void> => {
    const order = terms.loseFlow ? known(id) : undefined;
    if (order) await loseIfTold(desk, { ...order, client }, terms);
  };

  return {
    async createOrder(request: OrderRequest, terms: Terms): Promise<Order> {
      const { client, reservationId, discountCode, externalRef } = request;
      if (request.payment.method !== 'seller')
        throw refuse('validation_failed', 'payment.method: only "seller" is available yet.');
      const plan = inventory.plan(sessionOfReservation(reservationId));
      await loseIfTold(desk, { client, sessionId: plan.id, reservationId }, terms);
      const before = inventory.ledger(plan.id)?.reservations.get(reservationId);
      checkActive(ownReservation(client, reservationId, before)); // before a use of the code is claimed
      const discount = discountCode === undefined ? undefined : await claimDiscount(desk, discountCode, plan, terms);
      try {
        const order = await desk.change(plan.id, (draft, now) => {
          const reservation = ownReservation(client, reservationId, draft.reservations.get(reservationId));
          checkActive(reservation);
          return place(draft, now, { desk, request, reservation, discount });
        });
        store.settle(referencesOf(client, externalRef), (draft) => {
          draft.orderIds = [...draft.orderIds, order.id];
        });
        if (terms.dryRun) terms.used?.add('dryRun');
        if (discount?.charges(order)) terms.used?.add('discount');
        return order;
      } catch (error) {
        await discount?.takeBack();
        throw error;
      }
    },

    /** Expired or canceled is `reservation_expired`, refunded counts as completed before. */
    async completeOrder(client: string, id: string, reference: string | undefined, terms: Terms): Promise<Order> {
      const sessionId = sessionOfOrder(id);
      await lose(terms, client, id);
      const completed = await desk.change(sessionId, (draft) => {
        const order = own(client, id, draft.orders.get(id));
        checkPending(order);
        if (reference?.startsWith(DECLINED_REFERENCE))
          throw refuse(
            'payment_failed',
            `Payment "${reference.slice(0, 80)}" was declined; the order goes on waiting.`,
          );
        return complete(draft, { desk, plan: inventory.plan(sessionId), order, reference });
      });
      if (terms.dryRun) terms.used?.add('dryRun');
      return completed;
    },

    async order(client: string, id: string, terms: Terms): Promise<Order> {
      await lose(terms, client, id);
      return own(client, id, known(id));
    },

    async findOrders(client: string, externalRef: string, from: number, limit: number): Promise<Page<Order>> {
      const ids = store.peek(referencesOf(client, externalRef))?.orderIds ?? [];
      const items: Order[] = [];
      let next = Math.max(0, from);
      for (; next < ids.length && items.length < limit; next++) {
        const order = known(ids[next] as string);
        if (order && !order.lost) items.push(order);
      }
      return next < ids.length ? { items, next } : { items };
    },

    /** Canceled or refunded before is no error. A completed one is refunded until its session starts. */
    async cancelOrder(client: string, id: string, terms: Terms): Promise<Order> {
      const sessionId = sessionOfOrder(id);
      const plan = inventory.plan(sessionId);
      await lose(terms, client, id);
      const { order, given } = await desk.change(sessionId, (draft, now) => {
        const order = own(client, id, draft.orders.get(id));
        const started = now >= inventory.times(sessionId).startsAt;
        return cancel(draft, plan, order, started);
      });
      if (given) {
        if (terms.dryRun) terms.used?.add('dryRun');
        await unclaim(desk, filmTally(plan.film.id, given.customerRef), sessionId, given.tickets);
        if (given.code !== undefined) await unclaim(desk, codeTally(given.code), sessionId, 1);
      }
      return order;
    },
  };
}

function place(
  draft: LedgerDraft,
  now: number,
  work: { desk: BoxOfficeContext; request: OrderRequest; reservation: Reservation; discount: DiscountUse | undefined },
): Order {
  const { desk, request, reservation, discount } = work;
  const { client, externalRef, customer, discountCode } = request;
  const { id: reservationId, sessionId, currency, expiresAt } = reservation;
  const off = discount?.off(reservation.amount) ?? 0;
  const order: Order = {
    id: mint(draft, draft.orders, { sort: 'o', sessionId, client, seed: desk.seed }),
    client,
    externalRef,
    sessionId,
    reservationId,
    status: 'pending_payment',
    amount: reservation.amount - off,
    currency,
    ...(discountCode !== undefined && {
      discount: { code: discountCode, amountOff: off, ...(discount?.unclaimed && { unclaimed: true }) },
    }),
    payment: { method: 'seller', status: 'created' },
    customer,
    createdAt: now,
    expiresAt,
  };
  draft.orders.set(order.id, order);
  draft.orderOf.set(reservationId, order.id);
  draft.reservations.set(reservationId, { ...reservation, status: 'consumed' });
  return order;
}

function complete(
  draft: LedgerDraft,
  work: { desk: BoxOfficeContext; plan: SessionPlan; order: Order; reference: string | undefined },
): Order {
  const { desk, plan, order, reference } = work;
  const seats = draft.reservations.get(order.reservationId)?.seats ?? [];
  const session = desk.inventory.position(plan.id);
  const tickets = seats.map((seat): Ticket => {
    draft.setSeat(plan.layout.indexOf.get(seat) as number, SEAT_CODE.sold);
    const identity = { session, orderId: order.id, seat, seed: desk.seed };
    const barcode = barcodeOf(identity, (candidate) => draft.barcodes.has(candidate));
    draft.barcodes.set(barcode, true);
    return { seat, barcode };
  });
  const payment = { ...order.payment, status: 'succeeded', ...(reference !== undefined && { reference }) } as const;
  const completed: Order = { ...order, status: 'completed', payment, tickets };
  draft.holds.delete(order.reservationId);
  draft.orders.set(order.id, completed);
  return completed;
}

function cancel(
  draft: LedgerDraft,
  plan: SessionPlan,
  order: Order,
  started: boolean,
): { readonly order: Order; readonly given?: Released } {
  if (order.status === 'canceled' || order.status === 'refunded') return { order };
  const reservation = draft.reservations.get(order.reservationId);
  if (order.status === 'expired' || !reservation) throw gone(order);
  if (order.status === 'completed' && started)
    throw refuse('order_already_completed', `Order ${order.id} is completed and its session has started.`);
  const given = releaseSeats(draft, plan.layout, reservation, order);
  const { tickets, ...rest } = order; // they let nobody in any more
  for (const { barcode } of tickets ?? []) draft.barcodes.delete(barcode);
  const ended: Order =
    order.status === 'completed'
      ? { ...rest, status: 'refunded', payment: { ...order.payment, status: 'refunded' } }
      : { ...rest, status: 'canceled', payment: { ...order.payment, status: 'canceled' } };
  draft.orders.set(order.id, ended);
  return { order: ended, given };
}

function checkPending(order: Order): void {
  if (order.status === 'pending_payment') return;
  if (order.status === 'expired' || order.status === 'canceled') throw gone(order);
  throw refuse('order_already_completed', `Order ${order.id} is ${order.status}.`, { orderStatus: order.status });
}

const gone = ({ id, status }: Order) =>
  refuse('reservation_expired', `Order ${id} is ${status}: its seats are no longer held.`, { orderStatus: status });

/** The session in an order's id; what cannot be one is not found. */
function sessionOfOrder(id: string): string {
  return sessionOf('o', id) ?? own('', id, undefined).sessionId;
}

/** Another client's is not found, as if it were not there; nor is a lost one. */
function own(client: string, id: string, order: Order | undefined): Order {
  if (order?.client === client && !order.lost) return order;
  throw refuse('not_found', `There is no order "${id.slice(0, 80)}".`);
}
