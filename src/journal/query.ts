// What may be asked of the journal: filters as schemas.
import { z } from 'zod';
import { MAX_GLOB_LENGTH } from '../base/path-glob.ts';
import { ENDS, ENTRY_KINDS } from './entry.ts';
import { MAX_ENTRIES } from './ring.ts';

/** How struck connections are asked for among operations. */
export const CONNECT = 'connect';

export const DEFAULT_PAGE = 100;
export const MAX_PAGE = 1000;

const text = z.string().min(1).max(2000);
/** A key fits into a header, and a header into 16 kB. */
const nameOrKey = z.string().min(1).max(8192);
const moment = z.iso.datetime({ offset: true }).transform((written) => Date.parse(written));
const epochText = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

const MOMENT_FORM = 'must be an RFC 3339 time or epoch milliseconds';
const since = z
  .union([z.int().min(0), moment, epochText], { error: MOMENT_FORM })
  .describe('entries that arrived at this moment or later: RFC 3339 or epoch milliseconds');
const STATUS_FORM = 'must be a status such as 503, a class such as 5xx, or none';
const status = z
  .union([z.int().min(200).max(599).transform(String), z.string().regex(/^([2-5]\d\d|[2-5]xx|none)$/, STATUS_FORM)], {
    error: STATUS_FORM,
  })
  .describe('a status such as 503, a class such as 5xx, or none when it ended without an answer');
const ended = z.enum([...ENDS, 'open']).describe('who ended it and how; open while it has not ended');

const shared = {
  requestId: text.optional().describe('id of the request, as its answer had it in X-Request-Id'),
  client: nameOrKey.optional().describe('seller, by name or by key'),
  operation: text.optional().describe(`name of the operation; ${CONNECT} for connections that rules struck`),
  status: status.optional(),
  rule: text.optional().describe('id of a rule that acted'),
  session: text.optional().describe('id of the session that it was about'),
  reservation: text.optional().describe('id of the reservation that it was about'),
  order: text.optional().describe('id of the order that it was about'),
  ended: ended.optional(),
  since: since.optional(),
};

/** A whole number as JSON or as a query parameter writes it. */
const whole = (least: number, most: number) =>
  z
    .union(
      [
        z.int(),
        z
          .string()
          .regex(/^\d{1,15}$/)
          .transform(Number),
      ],
      { error: 'must be a whole number' },
    )
    .pipe(z.int().min(least).max(most));

/** Filter of `GET /v1/journal`; values may be strings, as a query has them. */
export const journalFilter = z.strictObject({
  ...shared,
  kind: z.enum(ENTRY_KINDS).optional().describe('kind of entry; unset: exchanges, and connections that rules struck'),
  limit: whole(1, MAX_PAGE)
    .default(DEFAULT_PAGE)
    .describe('entries in one page; one whose entries are long ends earlier, with a nextCursor'),
  cursor: whole(1, Number.MAX_SAFE_INTEGER).optional().describe('nextCursor of the page before'),
  last: whole(1, MAX_ENTRIES)
    .optional()
    .describe('looks through the newest so many entries alone, or those below the cursor; unset: through all'),
});
export type JournalFilter = z.output<typeof journalFilter>;

/** `match` of `POST /v1/journal/verify`; all given fields must fit. */
export const journalMatch = z.strictObject({
  ...shared,
  method: text.transform((method) => method.toUpperCase()).optional(),
  path: text
    .max(MAX_GLOB_LENGTH)
    .optional()
    .describe('glob on the path without query: * within a segment, ** across segments'),
  idempotencyKey: text.optional(),
  body: z
    .record(z.string(), z.unknown())
    .optional()
    .describe(
      'what was sent has these fields, each as given here in the clear, of lists every item; only in worlds that keep bodies',
    ),
});
export type JournalMatch = z.output<typeof journalMatch>;
