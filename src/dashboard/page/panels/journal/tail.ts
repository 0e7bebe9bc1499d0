// The newest entries as they come: each answer is laid over what was there, and it is told how much of what came is shown.

import type { JournalQuery } from '../../../../admin/contract/contract.ts';
import type { Entry } from '../../../../admin/contract/entry.ts';
import type { Filters } from './question.ts';

/** Rows that are shown, and asked for at once. */
export const MAX_ROWS = 100;
/** Entries that are looked through for one answer, so that a rare one costs the server no more than this. */
export const MAX_LOOKED = 10_000;

export interface Tail {
  /** The newest first. */
  readonly rows: readonly Entry[];
  /** Of what arrived since the answer before, 0..1. */
  readonly share: number;
}

export const NO_TAIL: Tail = { rows: [], share: 1 };

export const tailQuestion = (filters: Filters): JournalQuery => ({
  ...(filters as JournalQuery),
  limit: MAX_ROWS,
  last: MAX_LOOKED,
});

interface Page {
  readonly data: readonly Entry[];
  readonly nextCursor: string | null;
}

/** What was open is told again once it has ended, as long as it is among those asked for. */
export function follow(before: Tail, { data, nextCursor }: Page): Tail {
  const last = before.rows[0]?.seq;
  const [newest, oldest] = [data[0]?.seq, data.at(-1)?.seq];
  if (newest === undefined || oldest === undefined) return { ...before, share: 1 };
  const isAnew = last === undefined || newest < last; // a server that was started again counts from the beginning
  const known = isAnew ? [] : before.rows.filter(({ seq }) => seq < oldest || !data.some((entry) => entry.seq === seq));
  const rows = [...data, ...known].sort((one, other) => other.seq - one.seq).slice(0, MAX_ROWS);
  if (isAnew || newest === last) return { rows, share: 1 };
  const looked = nextCursor === null ? MAX_LOOKED : newest - oldest + 1;
  return { rows, share: Math.min(1, looked / (newest - last)) };
}
