// What must be true of a box office at any moment, whatever its sellers did; a pure check over its books.

import type { Order } from './order.ts';
import { stands } from './orders.ts';
import { heldMoney } from './paying/money.ts';
import type { Season } from './season/season.ts';
import { countSeats, SEAT_CODE, SEAT_STATUSES } from './season/seat.ts';
import type { SessionPlan } from './season/session.ts';
import type { Ledger } from './state/ledger.ts';
import type { Tally } from './state/tally.ts';

export interface Books {
  readonly season: Season;
  /** Of the touched sessions. */
  readonly ledgers: ReadonlyMap<string, Ledger>;
  /** Tickets by film and customer, as `filmTally` names them. */
  readonly limits: ReadonlyMap<string, Tally>;
  /** Uses by discount code. */
  readonly quotas: ReadonlyMap<string, Tally>;
}

export interface Breach {
  readonly rule:
    | 'one_order_a_seat'
    | 'seats_add_up'
    | 'one_order_a_reservation'
    | 'held_seats_have_a_holder'
    | 'limits_hold'
    | 'money_adds_up';
  readonly sessionId?: string;
  readonly detail: string;
}

/** Every breach; none is the only right answer. While verbs run, a claim may be ahead of its order, never behind. */
export function breachesOf({ season, ledgers, limits, quotas }: Books): Breach[] {
  const breaches: Breach[] = [];
  const tickets = new Map<string, number>();
  const uses = new Map<string, number>();
  for (const [sessionId, ledger] of ledgers) {
    const plan = season.index.find(sessionId);
    if (!plan) continue;
    breaches.push(...breachesOfSession(plan, ledger));
    for (const order of ledger.orders.values()) breaches.push(...breachesOfMoney(order));
    for (const order of ledger.orders.values())
      if (stands(order) && order.discount?.claimId !== undefined) add(uses, order.discount.code, 1);
    for (const { id, customerRef, seats, status } of ledger.reservations.values()) {
      const order = ledger.orders.get(ledger.orderOf.get(id) ?? '');
      if (status === 'active' || (order && stands(order)))
        add(tickets, `${plan.film.id}\n${customerRef}`, seats.length);
    }
  }
  const bound = season.ticketsPerFilmAndCustomer;
  breaches.push(...breachesOfBound('limit', tickets, limits, () => bound));
  breaches.push(...breachesOfBound('quota', uses, quotas, (code) => season.discounts.get(code)?.quota ?? Infinity));
  return breaches;
}

/** What was captured and not refunded is the amount of an order that is paid, and nothing of any other. */
function breachesOfMoney(order: Order): Breach[] {
  const { id, sessionId, status, amount, payment } = order;
  const isKept = status !== 'pending_payment' && (stands(order) || status === 'refund_pending');
  const due = payment.redirect && isKept ? amount : 0;
  const held = heldMoney(order);
  if (held === due) return [];
  const captures = payment.redirect?.money.filter(({ kind }) => kind === 'capture').length ?? 0;
  const detail = `${id} is ${status}: ${held} held of ${captures} captures, should be ${due}`;
  return [{ rule: 'money_adds_up', sessionId, detail }];
}

const add = (sums: Map<string, number>, key: string, count: number): void => {
  sums.set(key, (sums.get(key) ?? 0) + count);
};

/** Who holds or owns each seat, against what the seats say. */
function breachesOfSession(plan: SessionPlan, ledger: Ledger): Breach[] {
  const { id: sessionId, layout } = plan;
  const breaches: Breach[] = [];
  const breach = (rule: Breach['rule'], detail: string): void => void breaches.push({ rule, sessionId, detail });
  const counted = countSeats(ledger.seats);
  if (counted.some((count, code) => count !== ledger.counts[code]) || ledger.seats.length !== layout.places.length)
    breach('seats_add_up', `counted ${counted}, kept ${ledger.counts}, capacity ${layout.places.length}`);
  const expected = new Map<string, number>();
  const claimSeat = (seat: string, code: number, by: string): void => {
    if (expected.has(seat)) breach('one_order_a_seat', `${seat} is claimed a second time, by ${by}`);
    expected.set(seat, code);
  };
  for (const { id, seats, status } of ledger.reservations.values()) {
    const order = ledger.orders.get(ledger.orderOf.get(id) ?? '');
    if (status === 'active' && order) breach('one_order_a_reservation', `${id} is active and has order ${order.id}`);
    if (order && !stands(order)) continue;
    const code = order?.status === 'completed' ? SEAT_CODE.sold : SEAT_CODE.reserved;
    if (status === 'active' || order) for (const seat of seats) claimSeat(seat, code, order?.id ?? id);
  }
  layout.places.forEach(({ id, blocked }, index) => {
    const due = blocked ? SEAT_CODE.blocked : (expected.get(id) ?? SEAT_CODE.free);
    const is = ledger.seats[index] ?? SEAT_CODE.free;
    if (is !== due)
      breach('held_seats_have_a_holder', `${id} is ${SEAT_STATUSES[is]}, should be ${SEAT_STATUSES[due]}`);
  });
  const ordered = new Set<string>();
  for (const { id, reservationId } of ledger.orders.values()) {
    if (ordered.has(reservationId)) breach('one_order_a_reservation', `${reservationId} has a second order ${id}`);
    ordered.add(reservationId);
  }
  return breaches;
}

/** What stands is at most what is claimed, and what is claimed at most the bound. */
function breachesOfBound(
  what: 'limit' | 'quota',
  standing: ReadonlyMap<string, number>,
  claims: ReadonlyMap<string, Tally>,
  boundOf: (key: string) => number,
): Breach[] {
  const breaches: Breach[] = [];
  for (const key of new Set([...standing.keys(), ...claims.keys()])) {
    const stands = standing.get(key) ?? 0;
    const claimed = claims.get(key)?.total ?? 0;
    if (stands > claimed || claimed > boundOf(key))
      breaches.push({
        rule: 'limits_hold',
        detail: `${what} ${key.split('\n')[0]}: ${stands} stand, ${claimed} claimed, bound ${boundOf(key)}`,
      });
  }
  return breaches;
}
