// Path parameters as the documentation shows them.
import { z } from 'zod';

export const sessionId = z.string().describe('id of a session');
export const reservationId = z.string().describe('id of a reservation');
export const orderId = z.string().describe('id of an order');
export const waitingTicket = z.string().describe('ticket of a waiting room');
