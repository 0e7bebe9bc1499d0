// The shapes of what sellers send: bodies and queries, each with its bounds.
import { z } from 'zod';
import { PAYMENT_METHODS } from '../../box-office/paying/payment.ts';
import { SESSION_STATUSES } from '../../box-office/season/session.ts';
import { MAX_CURSOR } from './cursor.ts';

/** Seats one reservation may hold. */
const MAX_SEATS = 10;
const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;
const MAX_URL = 2048;

const id = z.string().min(1).max(100);
const code = z.string().min(1).max(64);
const email = z.email().max(254);
const reference = z.string().min(1).max(100);

/** A number as a query writes it. */
const written = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;

const paging = {
  limit: z
    .preprocess(
      written,
      z
        .int({ error: `must be a whole number from 1 to ${MAX_LIMIT}` })
        .min(1)
        .max(MAX_LIMIT)
        .default(DEFAULT_LIMIT),
    )
    .describe('items a page'),
  cursor: z
    .string()
    .min(1)
    .max(MAX_CURSOR)
    .optional()
    .describe('`nextCursor` of the page before, with the same filter'),
};

export const noQuery = z.strictObject({});
export const noBody = z.strictObject({});

export const sessionQuery = z.strictObject({
  date: z.iso.date({ error: 'must be a day as YYYY-MM-DD' }).optional().describe('UTC day of `startsAt`'),
  film: id.optional().describe('id of a film'),
  venue: id.optional().describe('id of a venue'),
  status: z.enum(SESSION_STATUSES).optional().describe('whether it is on sale, and how'),
  ...paging,
});
export type SessionQuery = z.output<typeof sessionQuery>;

export const orderQuery = z.strictObject({ externalRef: reference.describe("the seller's own reference"), ...paging });
export type OrderQuery = z.output<typeof orderQuery>;

const seatIds = z
  .array(z.string().min(1).max(20))
  .min(1)
  .max(MAX_SEATS)
  .refine((seats) => new Set(seats).size === seats.length, 'must not name a seat twice')
  .meta({ examples: [['C-7', 'C-8']], uniqueItems: true });

const customerRef = reference.describe('whom the tickets are for, as the seller knows them: limits count by it');

const EITHER = 'must have either seats or bestAvailable';

export const reserveBody = z
  .strictObject({
    seats: seatIds.optional(),
    bestAvailable: z
      .strictObject({ count: z.int().min(1).max(MAX_SEATS), category: z.string().min(1).max(50).optional() })
      .optional(),
    customerRef,
    accessCode: code.optional().describe('opens the presale'),
  })
  .refine(({ seats, bestAvailable }) => (seats === undefined) !== (bestAvailable === undefined), EITHER)
  .meta({
    oneOf: [{ required: ['seats'] }, { required: ['bestAvailable'] }],
    examples: [{ seats: ['C-7', 'C-8'], customerRef: '09120000000' }],
  });

export const discountBody = z
  .strictObject({ code, sessionId: id, seats: seatIds, customerRef })
  .meta({ examples: [{ code: 'FAJR20', sessionId: 's-1', seats: ['C-7'], customerRef: '09120000000' }] });

export const orderBody = z
  .strictObject({
    reservationId: id,
    customer: z.strictObject({
      name: z.string().min(1).max(100),
      phone: z.string().min(3).max(30),
      email: email.optional(),
    }),
    externalRef: reference.describe("the seller's own reference; need not be unique"),
    discountCode: code.optional(),
    payment: z.strictObject({
      method: z.enum(PAYMENT_METHODS),
      returnUrl: z
        .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
        .max(MAX_URL)
        .optional(),
    }),
  })
  .meta({
    examples: [
      {
        reservationId: 'r-1',
        customer: { name: 'Ada Lovelace', phone: '09120000000' },
        externalRef: 'ct-77812',
        payment: { method: 'seller' },
      },
    ],
  });

export type OrderBody = z.output<typeof orderBody>;

export const completeBody = z
  .strictObject({ paymentReference: reference.optional().describe("the seller's own reference of the payment") })
  .meta({ examples: [{ paymentReference: 'bank-4711' }] });
