// The shapes of what the admin API is asked, strict, so that a mistyped field is found.
import { z } from 'zod';
import { durationText } from '../../base/duration.ts';
import { KEEPABLE, RELEASES } from '../../director/heal-request.ts';
import { matchSchema, reachSchema, shareSchema } from '../../faults/rule.ts';

const seed = z.int().min(0).max(0xffffffff).describe('the same seed and the same requests give the same faults');
export const by = z.string().min(1).max(100).optional().describe('who asks, for the record');
const release = z
  .enum(RELEASES)
  .optional()
  .describe(
    'what becomes of held requests: drop resets them, answer does the work for those still there; unset: what would have ended by itself goes on at full speed, and what would not is reset',
  );
const activationName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, 'must be 1 to 63 letters, digits, dots, dashes or underscores')
  .describe('name of the activation');

export const activateRequest = z.strictObject({
  as: activationName.optional().describe('name of the activation; default: the profile'),
  ttl: durationText.optional().describe('it ends by itself after this'),
  share: shareSchema.optional().describe('replaces the share of every rule'),
  match: matchSchema.optional().describe("ANDed with each rule's own"),
  seed: seed.optional(),
  connections: reachSchema.optional(),
  by,
  note: z.string().max(1000).optional(),
});
export const severRequest = z.strictObject({ ...matchSchema.pick({ doors: true, addresses: true }).shape, by });
export const connectionsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100).describe('connections on a page'),
  cursor: z.coerce.number().int().min(0).optional().describe('`nextCursor` of the page before'),
});
export const endRequest = z.strictObject({ release, by });
export const healRequest = z.strictObject({
  release,
  keep: z.array(z.enum(KEEPABLE)).max(3).optional().describe('what is to go on'),
  by,
});
export const resetRequest = z.strictObject({
  catalog: z.string().min(1).max(1000).optional(),
  seed: seed.optional(),
  by,
});
export const clockRequest = z
  .strictObject({
    advance: durationText.optional(),
    set: z.iso.datetime({ offset: true }).optional().describe('RFC 3339'),
    by,
  })
  .refine(({ advance, set }) => (advance === undefined) !== (set === undefined), {
    error: 'takes exactly one of advance and set',
  });
