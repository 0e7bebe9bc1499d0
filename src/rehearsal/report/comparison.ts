// Two rehearsals, figure by figure: what was, what is, and whether that is better where the criterion says which way is.
import { criterionNamed } from '../../scorecard/registry.ts';
import type { CriterionRow } from '../../scorecard/score.ts';
import type { Report } from './report.ts';

export type Change = 'better' | 'worse' | 'same' | 'other';

export interface Compared {
  readonly client: string;
  readonly metric: string;
  readonly unit: CriterionRow['unit'];
  readonly before: Pick<CriterionRow, 'figure' | 'verdict'> | null;
  readonly now: Pick<CriterionRow, 'figure' | 'verdict'> | null;
  /** By verdict where that has changed, else by figure; `other`: neither says which is better. */
  readonly change: Change;
}

export interface Comparison {
  readonly id: string;
  readonly title: string;
  readonly startedAt: number;
  readonly passed: boolean;
  readonly isSamePlan: boolean;
  readonly rows: readonly Compared[];
}

/** Of figures within so much of each other nothing is said: two runs are never quite the same. */
const NEAR = 0.05;

export function compare(now: Report, before: Report): Comparison {
  const clients = [...new Set([...now.scorecards, ...before.scorecards].map(({ client }) => client))].sort();
  return {
    ...{ id: before.id, title: before.title, startedAt: before.startedAt, passed: before.passed },
    isSamePlan: now.replay.file === before.replay.file,
    rows: clients.flatMap((client) => rowsOf(client, now, before)),
  };
}

function rowsOf(client: string, now: Report, before: Report): Compared[] {
  const criteria = ({ scorecards }: Report) => scorecards.find((one) => one.client === client)?.criteria ?? [];
  const [was, is] = [criteria(before), criteria(now)];
  const metrics = [...new Set([...is, ...was].map(({ name }) => name))];
  return metrics.flatMap((metric) => {
    const [old, current] = [was, is].map((rows) => rows.find(({ name }) => name === metric));
    const isSilent = [old, current].every((row) => row === undefined || row.verdict === 'no-data');
    if (isSilent) return [];
    const unit = (current ?? old)?.unit ?? 'count';
    return [
      { client, metric, unit, before: shortOf(old), now: shortOf(current), change: changeOf(metric, old, current) },
    ];
  });
}

const shortOf = (row: CriterionRow | undefined): Compared['now'] =>
  row ? { figure: row.figure, verdict: row.verdict } : null;

const RANK: Readonly<Record<CriterionRow['verdict'], number>> = { fail: 0, warn: 1, 'no-data': -1, pass: 2 };

function changeOf(metric: string, old: CriterionRow | undefined, now: CriterionRow | undefined): Change {
  if (!old || !now || RANK[old.verdict] < 0 || RANK[now.verdict] < 0) return 'other';
  if (old.verdict !== now.verdict) return RANK[now.verdict] > RANK[old.verdict] ? 'better' : 'worse';
  if (old.figure === null || now.figure === null) return old.figure === now.figure ? 'same' : 'other';
  const difference = now.figure - old.figure;
  if (Math.abs(difference) <= NEAR * Math.max(Math.abs(old.figure), Math.abs(now.figure))) return 'same';
  const better = criterionNamed(metric)?.better ?? 'neither';
  if (better === 'neither') return 'other';
  return (better === 'less') === difference < 0 ? 'better' : 'worse';
}
