// The verbs that change something, and those that read it back, over one context.
import { cancelOrder } from './cancel-order.ts';
import { completeOrder } from './complete-order.ts';
import type { BoxOfficeContext } from './context.ts';
import { createOrder } from './create-order.ts';
import type { Order, OrderRequest } from './order.ts';
import { readOrder } from './orders.ts';
import { answerChallenge, type ChallengeAnswer } from './paying/answer-challenge.ts';
import type { Attempted, AttemptResult } from './paying/attempt.ts';
import { payByCard } from './paying/pay-by-card.ts';
import type { CardBehaviour } from './paying/payment.ts';
import { type RedirectOrder, readPayment } from './paying/redirect-order.ts';
import type { Reservation, ReserveRequest } from './reservation.ts';
import { extend, readReservation, release } from './reservations.ts';
import { reserve } from './reserve.ts';
import type { Terms } from './terms.ts';

/** Each rejects with a Refusal<BoxOfficeCode> for an expected no. */
export interface Verbs {
  reserve(request: ReserveRequest, terms: Terms): Promise<Reservation>;
  reservation(client: string, id: string, terms?: Terms): Promise<Reservation>;
  /** Once per reservation: the full time to live again, from now. */
  extend(client: string, id: string, terms: Terms): Promise<Reservation>;
  release(client: string, id: string, terms: Terms): Promise<Reservation>;
  createOrder(request: OrderRequest, terms: Terms): Promise<Order>;
  completeOrder(client: string, id: string, paymentReference: string | undefined, terms: Terms): Promise<Order>;
  order(client: string, id: string, terms?: Terms): Promise<Order>;
  cancelOrder(client: string, id: string, terms: Terms): Promise<Order>;
  /** The order of a payment by redirect, by the payment's id. */
  payment(id: string, terms?: Terms): Promise<RedirectOrder>;
  payByCard(attempted: Attempted & { readonly card: CardBehaviour }, terms: Terms): Promise<AttemptResult>;
  answerChallenge(attempted: Attempted & { readonly answer: ChallengeAnswer }, terms: Terms): Promise<AttemptResult>;
}

export function createVerbs(context: BoxOfficeContext): Verbs {
  return {
    reserve: (request, terms) => reserve(context, request, terms),
    reservation: (client, id) => readReservation(context, client, id),
    extend: (client, id, terms) => extend(context, { client, id }, terms),
    release: (client, id) => release(context, { client, id }),
    createOrder: (request, terms) => createOrder(context, request, terms),
    completeOrder: (client, id, reference, terms) => completeOrder(context, { client, id }, reference, terms),
    order: (client, id) => readOrder(context, client, id),
    cancelOrder: (client, id) => cancelOrder(context, { client, id }),
    payment: async (id) => readPayment(context, id),
    payByCard: (attempted, terms) => payByCard(context, attempted, terms),
    answerChallenge: (attempted, terms) => answerChallenge(context, attempted, terms),
  };
}
