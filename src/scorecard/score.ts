// Judges one client by every criterion.
import type { Arrivals } from './arrivals.ts';
import { caseOf } from './case.ts';
import type { Case, Criterion, Finding, Verdict } from './criterion.ts';
import type { Evidence, LeftOut } from './evidence.ts';
import { CRITERIA } from './registry.ts';
import type { Thresholds } from './thresholds.ts';
import { worstOf } from './verdict.ts';

export interface CriterionRow extends Finding {
  readonly name: string;
  readonly unit: Criterion['unit'];
  /** In words. */
  readonly threshold: string;
  readonly source: string;
  readonly counts: Criterion['counts'];
}

export interface ClientScorecard {
  readonly client: string;
  /** The worst of those that count as gate; where one of them has no data, it is not passed. */
  readonly gate: Verdict;
  readonly criteria: readonly CriterionRow[];
}

/** Pure: the same evidence and thresholds give the same scorecard. */
export function scoreClient(evidence: Evidence, thresholds: Thresholds, arrivals?: Arrivals): ClientScorecard {
  const of = caseOf(evidence, arrivals);
  const criteria = CRITERIA.map((criterion) => rowOf(criterion, of, thresholds));
  const gate = worstOf(criteria.filter(({ counts }) => counts === 'gate').map(({ verdict }) => verdict));
  return { client: evidence.client, gate, criteria };
}

function rowOf(criterion: Criterion, of: Case, all: Thresholds): CriterionRow {
  const { name, unit, source, counts } = criterion;
  const thresholds = criterion.thresholds.parse(all[name] ?? {});
  const finding = criterion.judge(of, thresholds);
  const unsure = [finding.unsure, ...whyUnsure(of.evidence)].filter((why) => why !== undefined).join('; ');
  const threshold = criterion.threshold(thresholds);
  return { name, ...finding, unit, threshold, source, counts, ...(unsure !== '' && { unsure }) };
}

/** What is gone cannot have been judged: it may have been what there is no data of, too. */
function whyUnsure({ evicted, leftOut }: Evidence): string[] {
  return [
    ...(evicted > 0
      ? [
          `${evicted} entries had left the journal before they were judged, and may have shown more; a larger SHOWSTOPPER_JOURNAL_MAX keeps them`,
        ]
      : []),
    ...(leftOut && leftOut.count > 0
      ? [
          `${leftOut.count} lines, which may have shown more, are not in the record${WHY_LEFT_OUT[leftOut.from ?? 'room']}`,
        ]
      : []),
  ];
}

const WHY_LEFT_OUT: Readonly<Record<NonNullable<LeftOut['from']> | 'room', string>> = {
  file: ', since its disk was full, or slower than what there was to write',
  memory: ', which was kept in memory and was full; with SHOWSTOPPER_DATA_DIR it is a file, which has room for them',
  room: ', since there was no room for them',
};
