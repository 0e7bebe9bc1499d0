// How the OpenAPI document groups the operations.
import type { OperationName } from '../operations/operations.ts';

export const TAGS = [
  { name: 'Sessions', description: 'What is shown when and where, and which seats are free.' },
  { name: 'Reservations', description: 'Seats held for a customer, for a while.' },
  { name: 'Discounts', description: 'What a code would take off.' },
  { name: 'Orders', description: 'A reservation on its way to being paid and ticketed.' },
  { name: 'Payment pages', description: 'Where a customer pays by redirect: HTML for a person, who needs no key.' },
  { name: 'Waiting room', description: 'The line in which a fault may hold everybody.' },
  { name: 'Health', description: 'Whether the upstream is there.' },
] as const;

type Tag = (typeof TAGS)[number]['name'];

export const TAG_OF: Readonly<Record<OperationName, Tag>> = {
  getHealth: 'Health',
  listSessions: 'Sessions',
  getSession: 'Sessions',
  getSeatMap: 'Sessions',
  reserveSeats: 'Reservations',
  getReservation: 'Reservations',
  extendReservation: 'Reservations',
  releaseReservation: 'Reservations',
  validateDiscount: 'Discounts',
  createOrder: 'Orders',
  completeOrder: 'Orders',
  getOrder: 'Orders',
  findOrders: 'Orders',
  cancelOrder: 'Orders',
  pollWaitingRoom: 'Waiting room',
  paymentPage: 'Payment pages',
  threeDSecure: 'Payment pages',
};
