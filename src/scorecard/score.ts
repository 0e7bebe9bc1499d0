// Judges one client by every criterion.
import { caseOf } from './case.ts';
import type { Case, Criterion, Finding, Verdict } from './criterion.ts';
import type { Evidence } from './evidence.ts';
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
export function scoreClient(evidence: Evidence, thresholds: Thresholds): ClientScorecard {
  const of = caseOf(evidence);
  const criteria = CRITERIA.map((criterion) => rowOf(criterion, of, thresholds));
  const gate = worstOf(criteria.filter(({ counts }) => counts === 'gate').map(({ verdict }) => verdict));
  return { client: evidence.client, gate, criteria };
}

function rowOf(criterion: Criterion, of: Case, all: Thresholds): CriterionRow {
  const { name, unit, source, counts } = criterion;
  const thresholds = criterion.thresholds.parse(all[name] ?? {});
  const finding = criterion.judge(of, thresholds);
  const unsure = finding.unsure ?? whyUnsure(of.evidence, finding);
  const threshold = criterion.threshold(thresholds);
  return { name, ...finding, unit, threshold, source, counts, ...(unsure !== undefined && { unsure }) };
}

/** What is gone cannot have been judged. */
function whyUnsure({ evicted }: Evidence, { verdict }: Finding): string | undefined {
  if (evicted === 0 || verdict === 'no-data') return undefined;
  return `${evicted} entries had left the journal before they were judged; a larger SHOWSTOPPER_JOURNAL_MAX keeps them`;
}
