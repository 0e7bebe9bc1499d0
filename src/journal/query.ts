// What may be asked of the journal: filters as schemas, and whether an entry meets them.
import { z } from 'zod';
import { pathFits } from '../base/path-glob.ts';
import { ENDS, type End, type ExchangeEntry } from './entry.ts';

export const DEFAULT_PAGE = 100;
export const MAX_PAGE = 1000;

const text = z.string().min(1).max(2000);
const moment = z.iso.datetime({ offset: true }).transform((written) => Date.parse(written));
const epochText = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

const since = z
  .union([z.int().min(0), moment, epochText], { error: 'must be an RFC 3339 time or epoch milliseconds' })
  .describe('entries that arrived at this moment or later: RFC 3339 or epoch milliseconds');
const status = z
  .union([z.int().min(100).max(599).transform(String), z.string().regex(/^([1-5]\d\d|[1-5]xx|none)$/)], {
    error: 'must be a status such as 503, a class such as 5xx, or none',
  })
  .describe('a status such as 503, a class such as 5xx, or none when it ended without an answer');
const ended = z.enum([...ENDS, 'open']).describe('who ended it and how; open while it has not ended');

const shared = {
  client: text.optional().describe('name of the seller'),
  operation: text.optional().describe('name of the operation'),
  status: status.optional(),
  rule: text.optional().describe('id of a rule that acted'),
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
  limit: whole(1, MAX_PAGE).default(DEFAULT_PAGE).describe('entries in one page'),
  cursor: whole(1, Number.MAX_SAFE_INTEGER).optional().describe('nextCursor of the page before'),
});
export type JournalFilter = z.output<typeof journalFilter>;

/** `match` of `POST /v1/journal/verify`; all given fields must fit. */
export const journalMatch = z.strictObject({
  ...shared,
  method: text.transform((method) => method.toUpperCase()).optional(),
  path: text.optional().describe('glob on the path without query: * within a segment, ** across segments'),
  idempotencyKey: text.optional(),
});
export type JournalMatch = z.output<typeof journalMatch>;

/** One field of a match, and whether an entry has it. */
export interface Criterion {
  readonly field: keyof JournalMatch;
  fits(entry: ExchangeEntry): boolean;
}

/** The given fields as tests; none means that every entry fits. */
export function criteriaOf(match: JournalMatch): Criterion[] {
  const criteria: Criterion[] = [];
  const add = <Field extends keyof JournalMatch>(
    field: Field,
    fits: (entry: ExchangeEntry, wanted: NonNullable<JournalMatch[Field]>) => boolean,
  ): void => {
    const wanted = match[field];
    if (wanted !== undefined) criteria.push({ field, fits: (entry) => fits(entry, wanted) });
  };
  add('since', (entry, wanted) => entry.at >= wanted);
  add('client', (entry, wanted) => entry.client === wanted);
  add('operation', (entry, wanted) => entry.operation === wanted);
  add('method', (entry, wanted) => entry.method === wanted);
  add('ended', (entry, wanted) => endOf(entry) === wanted);
  add('status', (entry, wanted) => hasStatus(entry, wanted));
  add('idempotencyKey', (entry, wanted) => entry.idempotencyKey === wanted);
  add('rule', (entry, wanted) => entry.hits.some((hit) => hit.rule === wanted));
  add('path', (entry, wanted) => pathFits(wanted, pathOf(entry.url)));
  return criteria;
}

export function meets(entry: ExchangeEntry, criteria: readonly Criterion[]): boolean {
  for (const criterion of criteria) if (!criterion.fits(entry)) return false;
  return true;
}

/** One that has shut its side has nearly always left. */
const endOf = ({ ended, finAt }: ExchangeEntry): End | 'open' => ended ?? (finAt === null ? 'open' : 'client-left');

/** `none` waits for the end: an answer may still come to one that is open. */
function hasStatus(entry: ExchangeEntry, wanted: string): boolean {
  const { status } = entry;
  if (wanted === 'none') return status === null && endOf(entry) !== 'open';
  if (status === null) return false;
  return wanted.endsWith('xx') ? Math.floor(status / 100) === Number(wanted[0]) : status === Number(wanted);
}

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}
