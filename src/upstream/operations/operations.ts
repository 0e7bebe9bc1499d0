// The one table of operations: from it come the segment table, the router's 404 and 405, the checks and the OpenAPI page.
import { validateDiscount } from './discounts.ts';
import { getHealth } from './health.ts';
import type { Operation as AnyOperation } from './operation.ts';
import { cancelOrder, completeOrder, createOrder, findOrders, getOrder } from './orders.ts';
import { answerChallenge, payByCard, paymentPage, threeDSecure } from './payment-pages.ts';
import { extendReservation, getReservation, releaseReservation, reserveSeats } from './reservations.ts';
import { getSeatMap, getSession, listSessions } from './sessions.ts';
import { pollWaitingRoom } from './waiting-room.ts';

export const OPERATIONS = [
  getHealth,
  listSessions,
  getSession,
  getSeatMap,
  reserveSeats,
  getReservation,
  extendReservation,
  releaseReservation,
  validateDiscount,
  createOrder,
  completeOrder,
  getOrder,
  findOrders,
  cancelOrder,
  pollWaitingRoom,
  paymentPage,
  payByCard,
  threeDSecure,
  answerChallenge,
] as const;

export type OperationName = (typeof OPERATIONS)[number]['name'];

export type Operation = AnyOperation<OperationName>;

/** In the order of the table, each once. */
export const OPERATION_NAMES: readonly OperationName[] = [...new Set(OPERATIONS.map(({ name }) => name))];
