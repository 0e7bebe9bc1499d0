// What a seller's books came to against the ledger, as the record of a rehearsal keeps it: counts, and the first differences.
import type { Pseudonym } from '../base/pseudonym.ts';
import type { Difference, DifferenceKind, Reconciled } from '../director/auditing.ts';

/** Kept of one reconciliation, so that its line stays short; all are counted. */
export const MAX_DIFFERENCES = 100;
/** Ids of orders kept of one difference. */
const MAX_ORDERS = 3;

/** A seller's books were compared with the ledger of a world. */
export interface ReconciliationMade {
  /** Null: those of all sellers together. */
  readonly client: string | null;
  readonly rows: number;
  readonly found: Reconciled;
}

export interface RecordedDifference {
  readonly kind: DifferenceKind;
  /** Pseudonym of the seller's own reference, the same as in entries and events. */
  readonly externalRef: string;
  /** Null where the seller does not name it; seats and amount are null where it does not say. */
  readonly believed: {
    readonly rows: number;
    readonly completed: number;
    readonly seats: number | null;
    readonly amount: number | null;
  } | null;
  /** Null where nothing is known of it; amounts are minor units. */
  readonly actual: {
    readonly orders: number;
    readonly completed: number;
    readonly sold: number;
    readonly amount: number;
    readonly stranded: number;
  } | null;
  /** The first ones of that reference. */
  readonly orders: readonly string[];
  /** It may be one of the orders that are no longer kept. */
  readonly unsure: boolean;
}

export interface RecordedReconciliation extends Omit<Reconciled, 'differences'> {
  readonly at: number;
  readonly client: string | null;
  readonly rows: number;
  /** The first ones. */
  readonly differences: readonly RecordedDifference[];
}

export function recordedReconciliation(
  { client, rows, found }: ReconciliationMade,
  at: number,
  pseudonym: Pseudonym,
): RecordedReconciliation {
  const { differences, ...rest } = found;
  const first = differences.slice(0, MAX_DIFFERENCES);
  return { at, client, rows, ...rest, differences: first.map((one) => recordedDifference(one, pseudonym)) };
}

function recordedDifference(difference: Difference, pseudonym: Pseudonym): RecordedDifference {
  const { kind, externalRef, believed, actual, unsure } = difference;
  return {
    ...{ kind, externalRef: pseudonym(externalRef) },
    believed: believed && {
      ...{ rows: believed.rows, completed: believed.completed },
      ...{ seats: believed.seats, amount: believed.amount },
    },
    actual: actual && {
      ...{ orders: actual.orders, completed: actual.completed, sold: actual.sold },
      ...{ amount: actual.amount, stranded: actual.stranded },
    },
    orders: (actual?.shown ?? []).slice(0, MAX_ORDERS).map(({ order }) => order),
    unsure,
  };
}
