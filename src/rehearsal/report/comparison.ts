// Two rehearsals, figure by figure: what was, what is, and whether that is better where the criterion says which way is.
import { criterionNamed } from '../../scorecard/registry.ts';
import type { CriterionRow } from '../../scorecard/score.ts';
import { changedThresholds, type ThresholdChange } from '../../scorecard/thresholds.ts';
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
  /** By which of them the verdicts of the two may differ; null where one has no record of its thresholds. */
  readonly thresholds: readonly ThresholdChange[] | null;
  readonly rows: readonly Compared[];
}

/** Of figures within so much of each other nothing is said: two runs are never quite the same. */
const NEAR = 0.05;

export function compare(now: Report, before: Report): Comparison {
  const clients = [...new Set([...now.scorecards, ...before.scorecards].map(({ client }) => client))].sort();
  return {
    ...{ id: before.id, title: before.title, startedAt: before.startedAt, passed: before.passed },
    isSamePlan: now.replay.file === before.replay.file,
    thresholds:
      before.replay.thresholds && now.replay.thresholds
        ? changedThresholds(before.replay.thresholds, now.replay.thresholds)
        : null,
    rows: clients.flatMap((client) => rowsOf(client, now, before)),
  };
}

/** What else than the client may have changed a figure or a verdict, each as a sentence. */
export function caveatsOf({ isSamePlan, thresholds }: Comparison): string[] {
  const said = isSamePlan ? [] : ['It was played from another file, so that figures may differ by that alone.'];
  if (thresholds === null) return [...said, 'It is not recorded of both by which thresholds they were judged.'];
  if (thresholds.length === 0) return said;
  const changes = thresholds.map(
    ({ criterion, name, before, now }) => `${criterion} ${name} ${before} before, ${now} now`,
  );
  return [
    ...said,
    `It was judged by other thresholds, so that verdicts may differ by that alone: ${changes.join('; ')}.`,
  ];
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
