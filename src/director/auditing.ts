// The books of a world as an auditor reads them: what was truly sold, where a seller is wrong, and what is broken.
import { CROWD } from '../base/client-names.ts';
import type { AuditedOrder } from '../box-office/audit/audited-order.ts';
import type { Believed } from '../box-office/audit/belief.ts';
import { type Difference, type DifferenceKind, Reconciliation } from '../box-office/audit/reconcile.ts';
import { survey } from '../journal/survey.ts';
import type { World } from './world-port.ts';

export type { AuditedOrder } from '../box-office/audit/audited-order.ts';
export type { Believed } from '../box-office/audit/belief.ts';
export { DIFFERENCE_KINDS, type Difference, type DifferenceKind } from '../box-office/audit/reconcile.ts';

export interface Reconciled {
  /** In the order of the rows, then of what the seller does not name. */
  readonly differences: readonly Difference[];
  readonly counts: Readonly<Record<DifferenceKind, number>>;
  /** That the seller named. */
  readonly references: number;
  /** Orders that ended without tickets long ago and are no longer kept. */
  readonly forgotten: number;
  readonly currency: string;
}

/** Compares a seller's rows, or where no client is named those of all sellers, with what is true; changes nothing. */
export async function reconcile(
  world: World,
  client: string | undefined,
  believed: AsyncIterable<readonly Believed[]>,
): Promise<Reconciled> {
  const { clock } = world;
  const reconciliation = new Reconciliation();
  for await (const rows of believed) for (const row of rows) reconciliation.believe(row);
  const books = world.audit();
  await survey(books.orders(), clock, (order) => {
    if (isMeant(order, client)) reconciliation.see(order);
    return true;
  });
  const differences: Difference[] = [];
  const counts = NONE();
  await survey(reconciliation.differences(books.forgotten), clock, (difference) => {
    if (!difference) return true;
    counts[difference.kind]++;
    return differences.push(difference) > 0;
  });
  const { references } = reconciliation;
  return { differences, counts, references, forgotten: books.forgotten, currency: books.currency };
}

/** The crowd is no seller who could believe anything. */
const isMeant = (order: AuditedOrder, client: string | undefined): boolean =>
  client === undefined ? order.client !== CROWD : order.client === client;

const NONE = (): Record<DifferenceKind, number> => ({
  'paid-without-ticket': 0,
  'ticket-without-payment': 0,
  'unknown-to-seller': 0,
  'unknown-to-upstream': 0,
  'amount-differs': 0,
  'seats-differ': 0,
});
