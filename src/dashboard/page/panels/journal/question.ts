// What the address of the journal asks for: filters, a page, and the one entry that is looked at.
import type { JournalQuery } from '../../../../admin/contract/contract.ts';

export type Query = Readonly<Record<string, string>>;

export const FIELDS = [
  'client',
  'operation',
  'status',
  'ended',
  'kind',
  'rule',
  'session',
  'reservation',
  'order',
  'requestId',
] as const;
export type Field = (typeof FIELDS)[number];
export type Filters = Partial<Record<Field, string>>;

export const PAGE = 50;

/** What is given of the filters; a field that is empty asks for nothing. */
export function filtersOf(query: Query): Filters {
  const given = FIELDS.flatMap((field) => {
    const value = query[field]?.trim();
    return value === undefined || value === '' ? [] : [[field, value] as const];
  });
  return Object.fromEntries(given);
}

/** The server says what is wrong with a value, so that nothing is checked here. */
export const questionOf = (query: Query): JournalQuery => ({
  ...(filtersOf(query) as JournalQuery),
  limit: PAGE,
  ...(query.cursor !== undefined && { cursor: query.cursor }),
});

/** The entry that is looked at: by its request, or by its place in the journal; null: none is. */
export type Wanted =
  | { readonly by: 'request'; readonly id: string }
  | { readonly by: 'seq'; readonly seq: number; readonly kind: 'event' | undefined }
  | null;

export function wantedOf({ request, seq, kind }: Query): Wanted {
  const number = Number(seq);
  if (seq !== undefined && Number.isSafeInteger(number) && number > 0)
    return { by: 'seq', seq: number, kind: kind === 'event' ? kind : undefined };
  return request === undefined || request === '' ? null : { by: 'request', id: request };
}

/** Finds it, and reads no more of the journal than it must. */
export const questionFor = (wanted: NonNullable<Wanted>): JournalQuery =>
  wanted.by === 'request'
    ? { requestId: wanted.id, limit: 1 }
    : { cursor: wanted.seq + 1, last: 1, limit: 1, ...(wanted.kind && { kind: wanted.kind }) };

/** The same list without the entry that is looked at. */
export function listOnly({ request: _, seq: __, ...query }: Query): Query {
  return query;
}
