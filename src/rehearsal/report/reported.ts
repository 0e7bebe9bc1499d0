// Phases and faults as a report has them, each with its end, and reconciliations with what they come to.
import type { RecordedFault } from '../gathered.ts';
import type { PhaseKind } from '../plan.ts';
import type { RecordedReconciliation } from '../reconciliation.ts';

export interface ReportedPhase {
  readonly name: string;
  readonly kind: PhaseKind;
  readonly from: number;
  readonly to: number;
}

/** A fault as long as it was in force; times are epoch milliseconds, here and everywhere in it. */
export interface ReportedFault extends Omit<RecordedFault, 'to'> {
  readonly to: number;
}

export interface ReportedReconciliation extends RecordedReconciliation {
  readonly agree: boolean;
  /** Differences, all that there were. */
  readonly count: number;
}

export function reportedReconciliation(one: RecordedReconciliation): ReportedReconciliation {
  const count = Object.values(one.counts).reduce((sum, of) => sum + of, 0);
  return { ...one, agree: count === 0, count };
}
