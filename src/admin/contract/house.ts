// The shapes of the house: a world's sessions with their seats, and of one session who has which seat.
import { z } from 'zod';
import { SEAT_STATUSES, SESSION_STATUSES } from '../../director/house.ts';
import { pageOf } from './contract.ts';
import { count, flag, time } from './values.ts';

export const houseQuery = z.strictObject({
  find: z
    .string()
    .max(200)
    .optional()
    .describe('words that stand in its id, film, venue or hall, in either case; all of them'),
  touched: flag.optional().describe('true: only sessions of which seats are reserved or sold'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('sessions on a page'),
  cursor: z.coerce.number().int().min(0).optional().describe('`nextCursor` of the page before'),
});

const named = z.strictObject({ id: z.string(), name: z.string() });

export const houseSessionShape = z.strictObject({
  id: z.string(),
  film: z.strictObject({ id: z.string(), title: z.string() }),
  venue: named,
  hall: named,
  startsAt: time.describe('RFC 3339, UTC, in box-office time'),
  status: z.enum(SESSION_STATUSES),
  seats: z.strictObject({ free: count, reserved: count, sold: count, blocked: count }),
});
export const housePageShape = pageOf(houseSessionShape);

const houseSeatShape = z.strictObject({
  id: z.string(),
  number: z.int().describe('within its row; one that is left out is an aisle'),
  category: z.string(),
  status: z.enum(SEAT_STATUSES),
  client: z.string().nullable().describe('who holds or owns it; null of one that is free or blocked'),
});

export const houseMapShape = houseSessionShape.extend({
  rows: z.array(z.strictObject({ row: z.string(), seats: z.array(houseSeatShape) })).describe('front to back'),
  clients: z
    .array(z.strictObject({ client: z.string(), reserved: count, sold: count }))
    .describe('whoever has most seats first'),
});

export type HouseQuery = z.input<typeof houseQuery>;
export type HouseSession = z.output<typeof houseSessionShape>;
export type HousePage = z.output<typeof housePageShape>;
export type HouseMap = z.output<typeof houseMapShape>;
export type HouseSeat = HouseMap['rows'][number]['seats'][number];
