// One row of what a seller believes, as JSON has it, and the bounds of a whole belief.
import { z } from 'zod';
import type { Mistake } from '../../base/mistake.ts';
import type { Believed } from '../../director/auditing.ts';

/** Rows that may be sent at once. */
export const MAX_ROWS = 100_000;
/** Of a body with them. */
export const MAX_BELIEF_BYTES = 16 * 1024 * 1024;
/** An order has no longer reference. */
export const MAX_REFERENCE_CHARS = 100;
/** Seats of one row. */
export const MAX_SEATS = 1000;
export const MAX_SEAT_CHARS = 20;

const seats = z.union([z.int().min(0).max(MAX_SEATS), z.array(z.string().min(1).max(MAX_SEAT_CHARS)).max(MAX_SEATS)], {
  error: `must be how many seats, 0 to ${MAX_SEATS}, or a list of their ids`,
});

export const beliefRow = z.strictObject({
  externalRef: z.string().min(1).max(MAX_REFERENCE_CHARS).describe("the seller's own reference; need not be unique"),
  completed: z.boolean().describe('the seller believes that the buyer has tickets'),
  seats: seats.nullish().describe('how many the buyer has, or which; left out: not compared'),
  amount: z.int().min(0).nullish().describe('what the buyer paid, minor units; left out: not compared'),
});

export const beliefRequest = z.strictObject({
  client: z
    .string()
    .min(1)
    .max(8192)
    .optional()
    .describe('the seller, by name or by key; left out: all sellers together, without the crowd'),
  orders: z.array(beliefRow).max(MAX_ROWS).describe('everything that the seller knows of'),
});

export const COLUMNS = ['externalRef', 'completed', 'seats', 'amount'] as const;
export const REQUIRED_COLUMNS: readonly (typeof COLUMNS)[number][] = ['externalRef', 'completed'];

/** All rows, or everything that is wrong with them. */
export type ReadBelief =
  | { readonly client: string | undefined; readonly rows: readonly Believed[] }
  | { readonly errors: readonly Mistake[] };
