// Random sellers: what several of them do at once on few seats, under honest terms and others.
import fc from 'fast-check';
import { Refusal } from '../../src/base/refusal.ts';
import type { BoxOffice } from '../../src/box-office/box-office.ts';
import { CARD_BEHAVIOURS, paymentIdOf } from '../../src/box-office/paying/payment.ts';
import { HONEST, type Terms } from '../../src/box-office/terms.ts';
import { HOUR_MS, TTL_MS } from './stage.ts';

/** Few seats, sellers and customers, so that they get in each other's way all the time. */
const SEATS = ['C-1', 'C-2', 'C-3', 'C-4', 'C-5'];
const CODES = [undefined, 'ONLYONE', 'FESTIVAL20', 'LASTYEAR'];

const seller = fc.record({
  client: fc.constantFrom('alpha', 'beta', 'gamma'),
  sessionId: fc.constantFrom('s1', 's2', 's3'),
  customerRef: fc.constantFrom('ada', 'ben'),
});
/** How the box office is told to act: mostly as it should, else as faults would have it. */
const told = fc.oneof(
  { weight: 3, arbitrary: fc.constant(HONEST) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Terms>(
      { dryRun: { salt: 5 } },
      { lapseOfTold: 0.5 },
      { lapseAfterMs: 1_000 },
      { soldOut: true },
      { loseFlow: true },
      { discount: 'refuse-valid' },
      { discount: 'accept-invalid' },
      { discount: 'price-differs' },
      { doubleCharge: true },
      { latePaymentMs: 30_000 },
      { completionPendingMs: 60_000 },
      { completionPendingMs: Number.POSITIVE_INFINITY },
    ),
  },
);
/** Which of the ids minted so far a verb is tried on. */
const which = fc.nat(30);
/** Which attempt to pay, and how long its request was under way. */
const attempted = fc.record({
  attempt: fc.integer({ min: 1, max: 4 }),
  underWayMs: fc.constantFrom(0, 0, 60_000, TTL_MS),
});
const verb = fc.oneof(
  fc.record({ verb: fc.constant('reserve' as const), by: seller, seats: fc.subarray(SEATS, { minLength: 1 }) }),
  fc.record({ verb: fc.constant('best' as const), by: seller, count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ verb: fc.constantFrom('extend', 'release', 'complete', 'complete', 'decline', 'cancel', 'read'), which }),
  fc.record({
    verb: fc.constant('order' as const),
    which,
    discountCode: fc.constantFrom(...CODES),
    method: fc.constantFrom('seller' as const, 'redirect' as const),
  }),
  fc.record({
    verb: fc.constant('pay' as const),
    which,
    attempted,
    card: fc.constantFrom('succeeds', ...CARD_BEHAVIOURS),
  }),
  fc.record({ verb: fc.constantFrom('approve' as const, 'refuse' as const), which, attempted }),
);
export const move = fc.tuple(verb, told).map(([what, terms]) => ({ ...what, terms }));
export const round = fc.record({
  moves: fc.array(move, { minLength: 1, maxLength: 8 }),
  /** The clock is moved, or time passes and alarms go off. */
  how: fc.constantFrom('advance' as const, 'pass' as const),
  clockMs: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0, 1_000, TTL_MS / 2, TTL_MS - 1, TTL_MS) },
    { weight: 1, arbitrary: fc.constantFrom(-TTL_MS, 5 * HOUR_MS, -5 * HOUR_MS, 20 * HOUR_MS, -30 * HOUR_MS) },
  ),
});
export type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;
export type Round = typeof round extends fc.Arbitrary<infer R> ? R : never;

export interface Known {
  readonly reservations: { readonly id: string; readonly client: string }[];
  readonly orders: { readonly id: string; readonly client: string }[];
  /** Orders that were completed, and of which nobody asked for a refund. */
  readonly sold: Map<string, string>;
}

export const nothingKnown = (): Known => ({ reservations: [], orders: [], sold: new Map() });

export async function play(office: BoxOffice, known: Known, move: Move, now: number): Promise<void> {
  const { terms } = move;
  if (move.verb === 'reserve' || move.verb === 'best') {
    const what = 'seats' in move ? { seats: move.seats } : { bestAvailable: { count: move.count } };
    known.reservations.push(await office.reserve({ ...move.by, ...what }, terms));
    return;
  }
  const reservation = known.reservations[move.which % Math.max(1, known.reservations.length)];
  const order = known.orders[move.which % Math.max(1, known.orders.length)];
  if (reservation) {
    const { client, id } = reservation;
    if (move.verb === 'extend') await office.extend(client, id, terms);
    if (move.verb === 'release') await office.release(client, id, terms);
    if (move.verb === 'read') await office.reservation(client, id, terms);
    if (move.verb === 'order') {
      const more = 'discountCode' in move && move.discountCode ? { discountCode: move.discountCode } : {};
      const method = 'method' in move ? move.method : 'seller';
      const payment = { method, returnUrl: 'http://shop.test/' };
      const customer = { name: 'n', phone: '0' };
      const request = { client, reservationId: id, externalRef: id, customer, payment, ...more };
      known.orders.push(await office.createOrder(request, terms));
    }
  }
  if (order) {
    const { client, id } = order;
    if ('attempted' in move) {
      const { attempt, underWayMs } = move.attempted;
      const made = { id: paymentIdOf(id), attempt, sentAt: now - underWayMs };
      if (move.verb === 'pay') await office.payByCard({ ...made, card: move.card }, terms);
      else await office.answerChallenge({ ...made, answer: move.verb }, terms);
    }
    if (move.verb === 'complete') {
      await office.completeOrder(client, id, 'paid', terms);
      if (!terms.dryRun) known.sold.set(id, client);
    }
    if (move.verb === 'decline') await office.completeOrder(client, id, 'decline', terms);
    if (move.verb === 'cancel') {
      await office.cancelOrder(client, id, terms);
      if (!terms.dryRun) known.sold.delete(id);
    }
  }
}

/** An expected no is an answer; everything else is a mistake of ours. */
export async function attempt(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}
