// Orders: a reservation paid and ticketed, looked up again after an ambiguous answer, or canceled.
import type { Order } from '../../box-office/order.ts';
import { type Subject, subjectOfOrder } from '../../box-office/subject.ts';
import { returnUrlMistake } from '../../payments/return-url.ts';
import { refuseInput } from '../app/refuse-input.ts';
import { type Answer, about, json } from '../replies.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { orderId } from './ids.ts';
import { type Asked, defineOperation, type Work } from './operation.ts';
import type { PaymentSettings } from './pages-asked.ts';
import { presentOrder } from './present.ts';
import { completeBody, noBody, noQuery, type OrderBody, type OrderQuery, orderBody, orderQuery } from './requests.ts';
import { orderPageShape, orderShape, pendingShape } from './schemas.ts';

const shown = (order: Order): Answer => about(json(200, JSON.stringify(presentOrder(order))), subjectOfOrder(order));

/** Of what has an order's id in its path. */
const ofOrder = ({ params }: Pick<Asked, 'params'>): Subject => ({ order: params.id });

export const createOrder = defineOperation({
  name: 'createOrder',
  method: 'POST',
  path: '/v1/orders',
  summary: 'Orders the seats of a reservation',
  query: noQuery,
  body: orderBody,
  bodyRequired: true,
  answers: { 201: { summary: 'The order, to be paid before `expiresAt`.', shape: orderShape } },
  refusals: ['not_found', 'reservation_already_ordered', 'reservation_expired', 'discount_invalid'],
  about: ({ body }) => ({
    reservation: body?.reservationId,
    externalRef: body?.externalRef,
    customer: body?.customer.phone,
  }),
  async handler(work) {
    const { boxOffice, client, body, terms, base } = work;
    checkReturn(body.payment, work.payments);
    const payment = { ...body.payment, pageBase: pageBase(work) };
    const order = await boxOffice.createOrder({ client, ...body, payment }, terms);
    const created = json(201, JSON.stringify(presentOrder(order)), `${base}/v1/orders/${order.id}`);
    return about(created, subjectOfOrder(order));
  },
});

/** Refuses a payment by redirect that leads nowhere back, or where it must not. */
function checkReturn({ method, returnUrl }: OrderBody['payment'], { returnHosts }: PaymentSettings): void {
  if (method !== 'redirect') return;
  const message = returnUrl === undefined ? 'is needed for a redirect' : returnUrlMistake(returnUrl, returnHosts);
  if (message !== undefined) throw refuseInput([{ path: 'payment.returnUrl', message }]);
}

/** Of the URL that the customer is sent to: what is set, else the host that the seller itself has called. */
function pageBase({ linkBase, secure, headers, base }: Pick<Work, 'linkBase' | 'secure' | 'headers' | 'base'>): string {
  return `${linkBase ?? `${secure ? 'https' : 'http'}://${headers.host ?? 'localhost'}`}${base}`;
}

/** Until an order that is `completing` is asked for again, in seconds. */
const WAIT_S = 2;

export const completeOrder = defineOperation({
  name: 'completeOrder',
  method: 'POST',
  path: '/v1/orders/{id}/complete',
  summary: 'Completes an order: from here on the tickets are sold',
  params: { id: orderId },
  query: noQuery,
  body: completeBody,
  idempotency: 'required',
  answers: {
    200: { summary: 'The order with its tickets.', shape: orderShape },
    202: { summary: 'Not yet: ask again at `pollUrl`.', shape: pendingShape },
  },
  refusals: ['payment_failed', 'payment_outstanding', 'not_found', 'order_already_completed', 'reservation_expired'],
  about: ofOrder,
  async handler({ boxOffice, client, params, body, terms, base }) {
    const order = await boxOffice.completeOrder(client, params.id as string, body.paymentReference, terms);
    if (order.status !== 'completing') return shown(order);
    const pending = { status: 'pending', pollUrl: `${base}/v1/orders/${order.id}`, wait: WAIT_S };
    return about(json(202, JSON.stringify(pending)), subjectOfOrder(order));
  },
});

export const getOrder = defineOperation({
  name: 'getOrder',
  method: 'GET',
  path: '/v1/orders/{id}',
  summary: 'Shows an order of one’s own',
  params: { id: orderId },
  query: noQuery,
  answers: { 200: { summary: 'The order.', shape: orderShape } },
  refusals: ['not_found'],
  about: ofOrder,
  handler: async ({ boxOffice, client, params, terms }) =>
    shown(await boxOffice.order(client, params.id as string, terms)),
});

export const findOrders = defineOperation({
  name: 'findOrders',
  method: 'GET',
  path: '/v1/orders',
  summary: 'Finds one’s own orders by reference: the safe move after an ambiguous answer',
  query: orderQuery.transform(placeInList),
  answers: { 200: { summary: 'A page of orders in order of creation.', shape: orderPageShape } },
  refusals: ['validation_failed'],
  about: ({ query }) => ({ externalRef: query?.externalRef }),
  async handler({ boxOffice, client, query: { externalRef, list, from, limit } }) {
    const { items, next } = await boxOffice.findOrders(client, externalRef, from, limit);
    const nextCursor = next === undefined ? null : writeCursor(list, next);
    const page = json(200, JSON.stringify({ data: items.map(presentOrder), nextCursor }));
    const [found, another] = items;
    return found && !another ? about(page, subjectOfOrder(found)) : page;
  },
});

function placeInList({ limit, cursor, externalRef }: OrderQuery): {
  externalRef: string;
  list: string;
  from: number;
  limit: number;
} {
  const list = JSON.stringify(['orders', externalRef]);
  return { externalRef, list, from: readCursor(list, cursor), limit };
}

export const cancelOrder = defineOperation({
  name: 'cancelOrder',
  method: 'POST',
  path: '/v1/orders/{id}/cancel',
  summary: 'Cancels an order',
  params: { id: orderId },
  query: noQuery,
  body: noBody,
  answers: { 200: { summary: 'The order, canceled.', shape: orderShape } },
  refusals: ['not_found', 'order_already_completed', 'reservation_expired'],
  about: ofOrder,
  handler: async ({ boxOffice, client, params, terms }) =>
    shown(await boxOffice.cancelOrder(client, params.id as string, terms)),
});
