// The shape of a catalogue file: a season as people write it.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import { SESSION_ID_FORM } from '../ids.ts';
import { ROW_FORM, ROWS_FORM, rowNames, seatsIn } from './hall-layout.ts';

/** Bounds of a catalogue, so that a typing error does not fill the memory. */
export const MAX_SESSIONS = 20_000;
export const MAX_HALLS_PER_VENUE = 100;
export const MAX_ENTRIES = 2_000;
export const MAX_LAYOUTS = 200;
export const MAX_SEATS_PER_HALL = 5_000;

const id = z
  .string()
  .regex(SESSION_ID_FORM, 'must be up to 40 of a-z, 0-9 and -, beginning with a letter or digit')
  .describe('an id: up to 40 of a-z, 0-9 and -');
const text = z.string().min(1).max(200);
const code = z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'must be 1 to 40 letters, digits and -');
const minorUnits = z.int().min(0).max(1_000_000_000_000);
const moment = (what: string) =>
  duration().describe(`${what}, counted from the opening of the doors, such as 0s or 2d`);
/** A season without premium seats needs no price for them. */
const somePrices = z.strictObject({
  standard: minorUnits.optional(),
  premium: minorUnits.optional(),
  wheelchair: minorUnits.optional(),
});

const layout = z.strictObject({
  rows: z
    .record(
      z
        .string()
        .regex(ROWS_FORM, 'must be a row such as C, or rows such as C-F')
        .refine((names) => rowNames(names).length > 0, 'must run forwards, such as C-F'),
      z.string().max(200).regex(ROW_FORM, 'must be a row such as "2w 6s . 6s": s, p, w, x (blocked) or . (aisle)'),
    )
    .refine((rows) => seatsIn(rows) <= MAX_SEATS_PER_HALL, `may have at most ${MAX_SEATS_PER_HALL} seats`)
    .describe('rows front to back; s standard, p premium, w wheelchair, x never sold, . aisle; 6s is ssssss'),
});

const film = z.strictObject({ id, title: text });
const hall = z.strictObject({ id, name: text, layout: id });
const venue = z.strictObject({ id, name: text, halls: z.array(hall).min(1).max(MAX_HALLS_PER_VENUE) });

const session = z.strictObject({
  id,
  film: id,
  hall: id,
  startsAt: moment('when it begins'),
  onSale: moment('when the public sale begins').prefault('0s'),
  presale: moment('when holders of an access code may buy').optional(),
  prices: somePrices.optional().describe('instead of the prices above'),
});

const discount = z
  .strictObject({
    code,
    percentOff: z.number().min(0).max(100).optional(),
    amountOff: minorUnits.optional(),
    quota: z.int().min(0).max(1_000_000).optional().describe('orders it can be used for'),
    validFrom: moment('from when it is valid').optional(),
    validUntil: moment('until when it is valid').optional(),
    sessions: z.array(id).max(MAX_ENTRIES).optional().describe('only for these sessions'),
    films: z.array(id).max(MAX_ENTRIES).optional().describe('only for these films'),
  })
  .refine(
    ({ percentOff, amountOff }) => (percentOff === undefined) !== (amountOff === undefined),
    'needs exactly one of percentOff and amountOff',
  );

export const catalogSchema = z
  .strictObject({
    name: text,
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be a code of ISO 4217, such as EUR'),
    ticketsPerFilmAndCustomer: z.int().min(1).max(1_000).default(4),
    prices: somePrices.describe('minor units by category of seat'),
    layouts: z
      .record(id, layout)
      .refine((layouts) => Object.keys(layouts).length <= MAX_LAYOUTS, `may be at most ${MAX_LAYOUTS}`),
    films: z.array(film).min(1).max(MAX_ENTRIES),
    venues: z.array(venue).min(1).max(MAX_ENTRIES),
    sessions: z.array(session).min(1).max(MAX_SESSIONS),
    discounts: z.array(discount).max(MAX_ENTRIES).default([]),
    accessCodes: z.array(code).max(MAX_ENTRIES).default([]),
  })
  .describe('A season for the box office of Showstopper.');

export type Catalog = z.output<typeof catalogSchema>;

/** JSON Schema (2020-12) of a catalogue as it is written, for editors. */
export function catalogJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(catalogSchema, { io: 'input' });
}
