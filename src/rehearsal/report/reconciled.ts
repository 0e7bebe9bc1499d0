// What reconciling came to: of each seller the last one counts, since what was under way at an earlier one may have settled since.
import { counted } from '../../base/counted.ts';
import type { RecordedDifference } from '../reconciliation.ts';
import type { ReportedReconciliation } from './reported.ts';
import { sinceWords } from './words.ts';

export interface LastReconciliation extends ReportedReconciliation {
  /** Those of the same seller just before it, in order. */
  readonly earlier: readonly ReportedReconciliation[];
}

/** Differences that are listed in words; JSON has all that are recorded. */
export const MAX_SHOWN = 20;

/** Of a seller that are told beside the last. */
const MAX_EARLIER = 5;

export const NOBODY_RECONCILED =
  'Nobody reconciled a seller’s books with the ledger. POST /v1/ledger/reconcile does, while a rehearsal runs or after it has ended.';

/** In the order in which sellers were first reconciled. */
export function lastOfEach(all: readonly ReportedReconciliation[]): LastReconciliation[] {
  const clients = [...new Set(all.map(({ client }) => client))];
  return clients.flatMap((client) => {
    const own = all.filter((one) => one.client === client);
    const last = own.at(-1);
    return last ? [{ ...last, earlier: own.slice(-1 - MAX_EARLIER, -1) }] : [];
  });
}

export const whoseWords = (client: string | null): string => client ?? 'all sellers together';

/** `+3:20: 118 rows, 2 differences (1 unknown-to-seller, 1 amount-differs)`. */
export function reconciledWords({ at, rows, count, counts }: ReportedReconciliation, startedAt: number): string {
  const kinds = Object.entries(counts).flatMap(([kind, of]) => (of === 0 ? [] : [`${of} ${kind}`]));
  const found = count === 0 ? 'they agree' : `${counted(count, 'difference')} (${kinds.join(', ')})`;
  return `${sinceWords(at, startedAt)}: ${counted(rows, 'row')}, ${found}`;
}

export const DIFFERENCE_COLUMNS = ['Reference', 'Difference', 'The seller says', 'The ledger says', 'Orders'] as const;

export const differenceRow = ({
  kind,
  externalRef,
  believed,
  actual,
  orders,
  unsure,
}: RecordedDifference): string[] => [
  ...[externalRef, unsure ? `${kind} (unsure)` : kind],
  ...[believedWords(believed), actualWords(actual), orders.join(', ')],
];

function believedWords(believed: RecordedDifference['believed']): string {
  if (!believed) return 'nothing';
  const { rows, completed, seats, amount } = believed;
  if (completed === 0) return `${counted(rows, 'row')}, nothing came of it`;
  return [
    `${completed} with tickets`,
    ...(seats === null ? [] : [counted(seats, 'seat')]),
    ...(amount === null ? [] : [`${amount} paid`]),
  ].join(', ');
}

function actualWords(actual: RecordedDifference['actual']): string {
  if (!actual) return 'no order';
  const { orders, completed, sold, amount, stranded } = actual;
  return [
    `${completed} of ${counted(orders, 'order')} with tickets`,
    ...(completed === 0 ? [] : [counted(sold, 'seat'), `${amount} paid`]),
    ...(stranded === 0 ? [] : [`${stranded} taken without a ticket`]),
  ].join(', ');
}
