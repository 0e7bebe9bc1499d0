// The shapes of worlds: what is asked, and what is answered.
import { z } from 'zod';
import { by } from './requests.ts';
import { count, time } from './values.ts';

export const worldRequest = z.strictObject({
  catalog: z.string().min(1).max(200).optional().describe('name of a season; unset: that of the process'),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .optional()
    .describe('unset: that of the process'),
  door: z
    .union([z.literal(true), z.int().min(1).max(65_535)])
    .optional()
    .describe('a door of its own: at this port, or at any that is free'),
  headerFaults: z
    .boolean()
    .optional()
    .describe('its requests may ask for faults of their own by the header `Showstopper-Fault`; unset: they may not'),
  journal: z
    .strictObject({
      bodies: z
        .boolean()
        .optional()
        .describe('what requests carry is kept too, with hashes for all but ids, seats and counts; unset: it is not'),
    })
    .optional(),
  by,
});

export const worldShape = z.strictObject({
  name: z.string(),
  seed: z.int(),
  catalog: z.string(),
  path: z.string().describe('where it begins, on the upstream and on admin; empty for default'),
  upstream: z
    .string()
    .optional()
    .describe('URL at which it is reached without a path: of the first configured door, or of one of its own'),
  made: z.enum(['at-start', 'declared', 'use']).describe('those made by use go when they are idle'),
  headerFaults: z.boolean().describe('its requests may ask for faults by header'),
  journal: z.strictObject({ bodies: z.boolean().describe('what requests carry is kept too') }),
  startedAt: time,
  rules: count.describe('in force'),
  open: count.describe('requests that have arrived and not ended'),
  held: count.describe('of these, held by a rule'),
});

export type World = z.infer<typeof worldShape>;
export type WorldBody = z.input<typeof worldRequest>;
