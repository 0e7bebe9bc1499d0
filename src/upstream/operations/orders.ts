// Orders: a reservation paid and ticketed, looked up again after an ambiguous answer, or canceled.
import type { Order } from '../../box-office/order.ts';
import { type Answer, json } from '../replies.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { orderId } from './ids.ts';
import { defineOperation } from './operation.ts';
import { presentOrder } from './present.ts';
import { completeBody, noBody, noQuery, type OrderQuery, orderBody, orderQuery } from './requests.ts';
import { orderPageShape, orderShape, pendingShape } from './schemas.ts';

const shown = (order: Order): Answer => json(200, JSON.stringify(presentOrder(order)));

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
  async handler({ boxOffice, client, body, terms, base }) {
    const order = await boxOffice.createOrder({ client, ...body }, terms);
    return json(201, JSON.stringify(presentOrder(order)), `${base}/v1/orders/${order.id}`);
  },
});

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
  refusals: ['payment_failed', 'not_found', 'order_already_completed', 'reservation_expired'],
  handler: async ({ boxOffice, client, params, body, terms }) =>
    shown(await boxOffice.completeOrder(client, params.id as string, body.paymentReference, terms)),
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
  async handler({ boxOffice, client, query: { externalRef, list, from, limit } }) {
    const { items, next } = await boxOffice.findOrders(client, externalRef, from, limit);
    const nextCursor = next === undefined ? null : writeCursor(list, next);
    return json(200, JSON.stringify({ data: items.map(presentOrder), nextCursor }));
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
  handler: async ({ boxOffice, client, params, terms }) =>
    shown(await boxOffice.cancelOrder(client, params.id as string, terms)),
});
