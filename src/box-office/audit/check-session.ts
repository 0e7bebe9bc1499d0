// Who holds or owns each seat of a session, against what its seats say; and the money of its orders.
import { type Holder, holdersIn } from '../holders.ts';
import type { Order } from '../order.ts';
import { stands } from '../orders.ts';
import { heldMoney } from '../paying/money.ts';
import { countSeats, SEAT_CODE, SEAT_STATUSES } from '../season/seat.ts';
import type { SessionPlan } from '../season/session.ts';
import type { Ledger } from '../state/ledger.ts';
import type { Breach } from './breach.ts';

/** Every breach in one session, found in one go: nothing may change it meanwhile. */
export const breachesOfSession = (plan: SessionPlan, ledger: Ledger): Breach[] => [
  ...breachesOfSeats(plan, ledger),
  ...breachesOfOrders(plan, ledger),
  ...[...ledger.orders.values()].flatMap(breachesOfMoney),
];

function breachesOfSeats({ id: sessionId, layout }: SessionPlan, ledger: Ledger): Breach[] {
  const breaches: Breach[] = [];
  const counted = countSeats(ledger.seats);
  if (counted.some((count, code) => count !== ledger.counts[code]) || ledger.seats.length !== layout.places.length)
    breaches.push({
      ...{ rule: 'seats_add_up', sessionId, orders: [], reservations: [], seats: [] },
      detail: `counted ${counted}, kept ${ledger.counts}, capacity ${layout.places.length}`,
    });
  const holders = new Map<string, Holder>();
  for (const holder of holdersIn(ledger))
    for (const seat of ledger.reservations.get(holder.reservation)?.seats ?? []) {
      const first = holders.get(seat);
      if (first) breaches.push(claimedTwice(sessionId, seat, first, holder));
      holders.set(seat, holder);
    }
  layout.places.forEach(({ id, blocked }, index) => {
    const holder = holders.get(id);
    const due = blocked ? SEAT_CODE.blocked : (holder?.code ?? SEAT_CODE.free);
    const is = ledger.seats[index] ?? SEAT_CODE.free;
    if (is !== due)
      breaches.push({
        ...{ rule: 'held_seats_have_a_holder', sessionId, ...idsOf(holder), seats: [id] },
        detail: `${id} is ${SEAT_STATUSES[is]}, should be ${SEAT_STATUSES[due]}`,
      });
  });
  return breaches;
}

const claimedTwice = (sessionId: string, seat: string, ...holders: readonly [Holder, Holder]): Breach => ({
  ...{ rule: 'one_order_a_seat', sessionId, ...idsOf(...holders), seats: [seat] },
  detail: `${seat} is claimed a second time, by ${holders[1].order ?? holders[1].reservation}`,
});

const idsOf = (...holders: readonly (Holder | undefined)[]) => ({
  orders: holders.flatMap((holder) => holder?.order ?? []),
  reservations: holders.flatMap((holder) => holder?.reservation ?? []),
});

function breachesOfOrders({ id: sessionId }: SessionPlan, { reservations, orders, orderOf }: Ledger): Breach[] {
  const breaches: Breach[] = [];
  const rule = 'one_order_a_reservation';
  for (const { id, status, seats } of reservations.values()) {
    const order = orders.get(orderOf.get(id) ?? '');
    if (status !== 'active' || !order) continue;
    const detail = `${id} is active and has order ${order.id}`;
    breaches.push({ rule, sessionId, detail, orders: [order.id], reservations: [id], seats });
  }
  const first = new Map<string, string>();
  for (const { id, reservationId } of orders.values()) {
    const before = first.get(reservationId);
    if (before === undefined) first.set(reservationId, id);
    else
      breaches.push({
        ...{ rule, sessionId, orders: [before, id], reservations: [reservationId] },
        seats: reservations.get(reservationId)?.seats ?? [],
        detail: `${reservationId} has a second order ${id}`,
      });
  }
  return breaches;
}

/** What was captured and not refunded is the amount of an order that is paid, and nothing of any other. */
function breachesOfMoney(order: Order): Breach[] {
  const { id, sessionId, reservationId, status, amount, payment } = order;
  const isKept = status !== 'pending_payment' && (stands(order) || status === 'refund_pending');
  const due = payment.redirect && isKept ? amount : 0;
  const held = heldMoney(order);
  if (held === due) return [];
  const captures = payment.redirect?.money.filter(({ kind }) => kind === 'capture').length ?? 0;
  const detail = `${id} is ${status}: ${held} held of ${captures} captures, should be ${due}`;
  return [{ rule: 'money_adds_up', sessionId, detail, orders: [id], reservations: [reservationId], seats: [] }];
}
