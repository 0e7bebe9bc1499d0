// A rule as it is written: a kind, whom it strikes, how often, and its parameters.
import { z } from 'zod';
import { durationText } from '../base/duration.ts';
import { isAddressRange } from '../wire/address.ts';

/** Of requests that a rule counts. */
const MAX_COUNT = 1_000_000_000;
/** A key fits into a header, and a header into 16 kB. */
const MAX_KEY_CHARS = 8192;
const MAX_LISTED = 200;
const MAX_HEADERS = 50;

/** That a list is not empty is found with all else that can never match; see match-check.ts. */
const listOf = (maxChars: number) => z.array(z.string().min(1).max(maxChars)).max(MAX_LISTED).meta({ minItems: 1 });
const names = listOf(200);

/** All given parts must match; absent means everything. */
export const matchSchema = z.strictObject({
  operations: names.optional().describe('names of operations, as listSessions'),
  events: names.optional().describe('types of webhooks, as order.paid; only for kinds that act on webhooks'),
  clients: listOf(MAX_KEY_CHARS).optional().describe('sellers, by name or by key'),
  addresses: z
    .array(z.string().refine(isAddressRange, 'must be an IP address or a range in CIDR notation, as 10.0.0.0/8'))
    .max(MAX_LISTED)
    .meta({ minItems: 1 })
    .optional()
    .describe('client addresses or ranges in CIDR notation'),
  doors: names.optional().describe('names of upstream ports'),
  methods: names.optional().describe('HTTP methods, in any case'),
  paths: names
    .optional()
    .describe('globs on the path as it is sent, without query: * within a segment, ** across segments'),
  headers: z
    .record(z.string().min(1).max(200), z.string().max(MAX_KEY_CHARS))
    .refine((headers) => Object.keys(headers).length <= MAX_HEADERS, `must have at most ${MAX_HEADERS} headers`)
    .meta({ maxProperties: MAX_HEADERS })
    .optional()
    .describe(
      'values by header, whose name may be in any case; a value is compared whole and with its case, with the header as it is sent and with each item of its list; * for any value',
    ),
});
export type Match = z.output<typeof matchSchema>;

/** A share that may move over time: from the activation on, linearly over `over`. */
const rampSchema = z.strictObject({ from: z.number().min(0).max(1), to: z.number().min(0).max(1), over: durationText });
export const shareSchema = z
  .union([z.number().min(0).max(1), rampSchema])
  .describe('share of matching requests, 0 never, 1 always; or a ramp');
export type Share = z.output<typeof shareSchema>;

/** What becomes of connections that live already: spared, struck like those to come, or cut. */
export const REACHES = ['new', 'all', 'sever'] as const;
export type Reach = (typeof REACHES)[number];
export const reachSchema = z
  .enum(REACHES)
  .describe(
    'what becomes of connections that live already: new spares them and what is asked on them, all strikes them too, sever cuts them (with no other match than doors and addresses); default as the kind says',
  );

/** What `skip`, `every` and `limit` count by. */
export const COUNTED_PER = ['client', 'all', 'connection', 'idempotency-key'] as const;

export const ruleId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$/,
    'must be 1 to 128 letters, digits, dots, dashes, underscores or slashes',
  )
  .describe('unique name; default activation/index');

export const ruleSchema = z.strictObject({
  fault: z.string().describe('a kind, see `showstopper kinds`'),
  id: ruleId.optional(),
  match: matchSchema.optional(),
  skip: z.int().min(0).max(MAX_COUNT).optional().describe('let so many matches pass first'),
  every: z.int().min(1).max(MAX_COUNT).optional().describe('then act on every n-th match'),
  share: shareSchema.optional(),
  limit: z.int().min(0).max(MAX_COUNT).optional().describe('act at most so often; a unit is spent when it has acted'),
  per: z.enum(COUNTED_PER).optional().describe('what skip, every and limit count by; default client'),
  ttl: durationText.optional().describe('the rule ends by itself after this'),
  connections: reachSchema.optional(),
  with: z.record(z.string(), z.unknown()).optional().describe("the kind's own parameters"),
});
/** A rule in its written form, structure checked; `with` is checked by the kind when it is armed. */
export type Rule = z.output<typeof ruleSchema>;
