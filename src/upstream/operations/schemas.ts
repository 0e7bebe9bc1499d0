// The shapes of the upstream's answers; each is strict, so that a field too many is found by the tests.
import { z } from 'zod';
import { ORDER_STATUSES } from '../../box-office/order.ts';
import { PAYMENT_METHODS, PAYMENT_STATUSES } from '../../box-office/paying/payment.ts';
import { RESERVATION_STATUSES } from '../../box-office/reservation.ts';
import { SEAT_STATUSES } from '../../box-office/season/seat.ts';
import { SESSION_STATUSES } from '../../box-office/season/session.ts';
import { CODES } from '../statuses.ts';
import { ORDER, RESERVATION, SEAT_MAP, SESSION } from './examples.ts';

const time = z.iso.datetime().describe('RFC 3339, UTC');
const amount = z.int().min(0).describe('minor units of the currency');
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217');
const named = z.strictObject({ id: z.string(), name: z.string() });

export const healthShape = z.strictObject({ status: z.literal('ok') });

export const sessionShape = z
  .strictObject({
    id: z.string(),
    film: z.strictObject({ id: z.string(), title: z.string() }),
    venue: named,
    hall: named,
    startsAt: time,
    onSaleAt: time,
    presaleAt: time.optional(),
    status: z.enum(SESSION_STATUSES),
    prices: z.array(z.strictObject({ category: z.string(), amount, currency })),
    available: z.int().min(0).describe('free seats'),
  })
  .describe('A showtime.')
  .meta({ examples: [SESSION] });
export type SessionShape = z.infer<typeof sessionShape>;

export const seatShape = z.strictObject({
  id: z.string().meta({ examples: ['C-7'] }),
  row: z.string(),
  number: z.int(),
  category: z.string(),
  status: z.enum(SEAT_STATUSES),
});

export const seatMapShape = z
  .strictObject({
    sessionId: z.string(),
    version: z.int().min(0).describe('changes with every seat'),
    rows: z.array(z.strictObject({ row: z.string(), seats: z.array(seatShape) })),
  })
  .meta({ examples: [SEAT_MAP] });

export const reservationShape = z
  .strictObject({
    id: z.string(),
    sessionId: z.string(),
    seats: z.array(z.string()),
    amount,
    currency,
    status: z.enum(RESERVATION_STATUSES),
    createdAt: time,
    expiresAt: time,
  })
  .describe('Seats held for a customer.')
  .meta({ examples: [RESERVATION] });
export type ReservationShape = z.infer<typeof reservationShape>;

export const discountVerdictShape = z
  .strictObject({
    valid: z.boolean(),
    reason: z
      .enum(['unknown', 'not_yet_valid', 'expired', 'wrong_session', 'used_up'])
      .optional()
      .describe('why not; only where `valid` is false'),
    amountOff: amount.optional().describe('minor units of the currency; only where `valid` is true'),
  })
  .meta({ examples: [{ valid: true, amountOff: 4_000_000 }] });

const paymentShape = z.strictObject({
  id: z.string(),
  method: z.enum(PAYMENT_METHODS),
  status: z.enum(PAYMENT_STATUSES),
  reference: z.string().optional().describe("the seller's own reference, told on completion"),
  redirectUrl: z.string().optional().describe('where to send the customer, for `redirect`'),
});

export const orderShape = z
  .strictObject({
    id: z.string(),
    externalRef: z.string(),
    reservationId: z.string(),
    status: z.enum(ORDER_STATUSES),
    amount: amount.describe('what is to be paid, after any discount; minor units of the currency'),
    currency,
    discount: z.strictObject({ code: z.string(), amountOff: amount }).optional(),
    payment: paymentShape,
    tickets: z.array(z.strictObject({ seat: z.string(), barcode: z.string() })).optional(),
    createdAt: time,
    expiresAt: time,
  })
  .describe('A reservation on its way to being paid and ticketed.')
  .meta({ examples: [ORDER] });
export type OrderShape = z.infer<typeof orderShape>;

export const pendingShape = z
  .strictObject({
    status: z.literal('pending'),
    pollUrl: z.string().describe('where to ask again'),
    wait: z.int().min(0).describe('seconds to wait before'),
  })
  .describe('The order is still being completed.');

export const waitingShape = z
  .strictObject({
    status: z.literal('waiting'),
    position: z.int().min(1).describe('place in the line; 1 is next'),
    pollUrl: z.string().describe('where to ask again'),
    wait: z.int().min(0).describe('seconds to wait before'),
  })
  .describe('A place in the line of the waiting room.');
export const admittedShape = z
  .strictObject({ status: z.literal('admitted'), ticket: z.string().describe('for X-Waiting-Room-Ticket') })
  .describe('The way out of the waiting room.');

const nextCursor = z.string().nullable().describe('of the next page; null on the last');
export const sessionPageShape = z.strictObject({ data: z.array(sessionShape), nextCursor });
export const orderPageShape = z.strictObject({ data: z.array(orderShape), nextCursor });

export const problemShape = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(CODES).describe('what a program decides by'),
    retryable: z.boolean().describe('whether the same request may succeed later'),
    requestId: z.string(),
    errors: z
      .array(z.strictObject({ path: z.string(), message: z.string() }))
      .optional()
      .describe('of `validation_failed`: everything that is wrong'),
    seats: z.array(z.string()).optional().describe('of `seat_unavailable`: those that are not to be had'),
  })
  .describe('RFC 9457 problem document.');
