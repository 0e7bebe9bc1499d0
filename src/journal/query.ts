// What may be asked of the journal: filters as schemas, and whether an entry meets them.
import { z } from 'zod';
import { compileGlob, MAX_GLOB_LENGTH } from '../base/path-glob.ts';
import { ENDS, type End, type ExchangeEntry } from './entry.ts';

/** What the operation of a connection is called that rules struck before it asked for anything. */
export const CONNECT = 'connect';

export const DEFAULT_PAGE = 100;
export const MAX_PAGE = 1000;
/** Estimated bytes of the entries in one page, so that writing it keeps nobody else waiting for long. */
export const MAX_PAGE_BYTES = 1_048_576;

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
  client: nameOrKey.optional().describe('seller, by name or by key'),
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
  limit: whole(1, MAX_PAGE)
    .default(DEFAULT_PAGE)
    .describe('entries in one page; one whose entries are long ends earlier, with a nextCursor'),
  cursor: whole(1, Number.MAX_SAFE_INTEGER).optional().describe('nextCursor of the page before'),
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
});
export type JournalMatch = z.output<typeof journalMatch>;

/** One field of a match, and whether an entry has it. */
export interface Criterion {
  readonly field: keyof JournalMatch;
  /** An entry that fits may cease to, until it has ended. */
  readonly passing: boolean;
  fits(entry: ExchangeEntry): boolean;
  /** Whether an entry that does not fit may come to fit. */
  mayStill(entry: ExchangeEntry): boolean;
}

/** Fields that are not known at arrival; by whether one that fits may cease to. */
const LATE: Readonly<Partial<Record<keyof JournalMatch, { readonly passing: boolean }>>> = {
  ended: { passing: true },
  status: { passing: true },
  rule: { passing: false },
};

/** The given fields as tests; none means that every entry fits. */
export function criteriaOf(match: JournalMatch): Criterion[] {
  const criteria: Criterion[] = [];
  const add = <Field extends keyof JournalMatch>(
    field: Field,
    fits: (entry: ExchangeEntry, wanted: NonNullable<JournalMatch[Field]>) => boolean,
  ): void => {
    const wanted = match[field];
    if (wanted === undefined) return;
    const late = LATE[field];
    const mayStill = (entry: ExchangeEntry): boolean => late !== undefined && isUndecided(entry, field);
    criteria.push({ field, passing: late?.passing === true, fits: (entry) => fits(entry, wanted), mayStill });
  };
  add('since', (entry, wanted) => entry.at >= wanted);
  add('client', (entry, wanted) => entry.client === wanted);
  add('operation', (entry, wanted) => entry.operation === wanted);
  add('method', (entry, wanted) => entry.method === wanted);
  add('ended', (entry, wanted) => endOf(entry) === wanted);
  add('status', (entry, wanted) => hasStatus(entry, wanted));
  add('idempotencyKey', (entry, wanted) => entry.idempotencyKey === wanted);
  add('rule', (entry, wanted) => entry.hits.some((hit) => hit.rule === wanted));
  if (match.path !== undefined) {
    const fits = compileGlob(match.path);
    add('path', (entry) => fits(pathOf(entry.url)));
  }
  return criteria;
}

/** A status that is being sent stays as it is. */
const isUndecided = ({ ended, status }: ExchangeEntry, field: keyof JournalMatch): boolean =>
  ended === null && (field !== 'status' || status === null);

export function meets(entry: ExchangeEntry, criteria: readonly Pick<Criterion, 'fits'>[]): boolean {
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
