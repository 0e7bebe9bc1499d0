// Phases and faults as a report has them: each with its end.
import type { RecordedFault } from '../gathered.ts';
import type { PhaseKind } from '../plan.ts';

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
