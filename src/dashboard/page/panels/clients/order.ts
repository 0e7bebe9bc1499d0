// In which order the rows of the clients stand.
import { type ClientRow, OTHER } from './client-rows.ts';
import type { Tally } from './tally.ts';

export const SORT_KEYS = ['client', 'rate', 'open', 'failed', 'retries', 'timeout', 'breaker', 'verdicts'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface Order {
  readonly by: SortKey;
  readonly isDown: boolean;
}

/** By name, so that nothing moves until somebody wants it to. */
export const FIRST_ORDER: Order = { by: 'client', isDown: false };

/** Numbers begin with the greatest; asked for again, it turns round. */
export const orderAfter = (now: Order, by: SortKey): Order =>
  now.by === by ? { by, isDown: !now.isDown } : { by, isDown: by !== 'client' };

export type Judged = ClientRow & { readonly tally: Tally | null };

/** What is not known comes last, and all others after everybody. */
export function inOrder(rows: readonly Judged[], { by, isDown }: Order): Judged[] {
  return [...rows].sort((one, two) => {
    if (one.client === OTHER || two.client === OTHER) return one.client === OTHER ? 1 : -1;
    const [a, b] = [sortedBy(one, by), sortedBy(two, by)];
    if (a === null || b === null) return Number(a === null) - Number(b === null) || byName(one, two);
    const less = a < b ? -1 : Number(a > b);
    return (isDown ? -less : less) || byName(one, two);
  });
}

const byName = (one: Judged, two: Judged): number => (one.client < two.client ? -1 : 1);

const BREAKER = { closed: 0, 'half-open': 1, open: 2 } as const;
/** A fail counts for more than all warnings. */
const FAIL = 1000;

function sortedBy(row: Judged, by: SortKey): number | string | null {
  switch (by) {
    case 'client':
      return row.client;
    case 'rate':
      return row.rate;
    case 'open':
      return row.open;
    case 'failed':
      return row.failedShare;
    case 'retries':
      return row.retries;
    case 'timeout':
      return row.timeoutMs;
    case 'breaker':
      return row.breaker && BREAKER[row.breaker];
    case 'verdicts':
      return row.tally && row.tally.fail * FAIL + row.tally.warn;
  }
}
