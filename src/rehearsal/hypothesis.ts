// Whether the hypothesis holds: each condition against the scorecards of what it is about.
import type { CriterionRow } from '../scorecard/score.ts';
import type { Condition } from './condition.ts';

/** `unproven`: there is no data · `not-tested`: the rehearsal was aborted before it was kept. */
export const OUTCOMES = ['met', 'unmet', 'unproven', 'not-tested'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Judged extends Condition {
  readonly outcome: Outcome;
  /** Whether the hypothesis may hold with it: it is met, or has no data and may have none. */
  readonly holds: boolean;
  /** Whose figure it is: of several clients the one that keeps it least; null where none was seen. */
  readonly of: string | null;
  readonly figure: number | null;
  readonly n: number;
  /** One sentence. */
  readonly why: string;
  readonly evidence: readonly string[];
}

/** What is judged of a client. */
export interface Scores {
  readonly client: string;
  readonly criteria: readonly Pick<
    CriterionRow,
    'name' | 'verdict' | 'figure' | 'isLowerBound' | 'n' | 'advice' | 'evidence' | 'unsure'
  >[];
}

/** From the worst. */
const WORST: readonly Outcome[] = ['unmet', 'unproven', 'not-tested', 'met'];

/** `scores` gives the scorecards of a phase; of null, of the whole rehearsal. */
export const judgeHypothesis = (
  conditions: readonly Condition[],
  scores: (phase: string | null) => readonly Scores[],
  { isAborted }: { readonly isAborted: boolean },
): Judged[] =>
  conditions.map((condition) => {
    const judged = judge(condition, scores(condition.phase));
    return isAborted && judged.outcome !== 'met'
      ? { ...judged, outcome: 'not-tested', holds: false, why: `the rehearsal was aborted; until then: ${judged.why}` }
      : judged;
  });

function judge(condition: Condition, scores: readonly Scores[]): Judged {
  const meant = condition.client === null ? scores : scores.filter(({ client }) => client === condition.client);
  const all = meant.map((one) => judgeClient(condition, one));
  all.sort((a, b) => WORST.indexOf(a.outcome) - WORST.indexOf(b.outcome));
  const [worst] = all;
  return worst ?? without(condition, condition.client, `no request of ${condition.client ?? 'any client'} was seen`);
}

function judgeClient(condition: Condition, { client, criteria }: Scores): Judged {
  const row = criteria.find(({ name }) => name === condition.metric);
  if (!row || row.verdict === 'no-data') return without(condition, client, row?.advice ?? 'it was not judged', row?.n);
  const { figure, n, evidence } = row;
  const unmet = whyUnmet(condition, row);
  const unproven = unmet === undefined ? whyUnproven(condition, row) : undefined;
  const outcome = unmet !== undefined ? 'unmet' : unproven !== undefined ? 'unproven' : 'met';
  const holds = outcome === 'met' || (outcome === 'unproven' && condition.noData === 'allow');
  const why = unmet ?? unproven ?? (row.unsure === undefined ? row.advice : `met, though unsure: ${row.unsure}`);
  return { ...condition, outcome, holds, of: client, figure, n, evidence, why };
}

type Row = Scores['criteria'][number];

function whyUnmet(condition: Condition, { verdict, figure, isLowerBound, advice }: Row): string | undefined {
  const { min, max, unit, verdict: least } = condition;
  if (least !== null && (verdict === 'fail' || (verdict === 'warn' && least === 'pass')))
    return `the verdict is ${verdict}, and must be ${least === 'pass' ? 'pass' : 'pass or warn'}`;
  if (min === null && max === null) return undefined;
  // what fails without a figure, as a time-out that there is none of, has none that could be within bounds
  if (figure === null) return verdict === 'fail' ? `there is no figure: ${advice}` : undefined;
  if (min !== null && figure < min && !isLowerBound) return `${measured(figure, unit)} is below ${measured(min, unit)}`;
  if (max !== null && figure > max) return `${measured(figure, unit)} is above ${measured(max, unit)}`;
  return undefined;
}

function whyUnproven({ min, max, unit }: Condition, { figure, isLowerBound, advice }: Row): string | undefined {
  if (min === null && max === null) return undefined;
  if (figure === null) return `there is no figure to compare: ${advice}`;
  if (!isLowerBound || (max === null && figure >= (min ?? figure))) return undefined;
  return `it is ${measured(figure, unit)} or more, and was not watched for longer`;
}

/** Ratios, counts and shares are bare numbers, as in the file; so exact that what is above a bound is seen to be. */
const measured = (figure: number, unit: Condition['unit']): string =>
  `${Number(figure.toPrecision(9))}${unit === 'ms' || unit === 's' ? ` ${unit}` : ''}`;

const without = (condition: Condition, of: string | null, why: string, n = 0): Judged => ({
  ...condition,
  ...{ outcome: 'unproven', holds: condition.noData === 'allow', of, figure: null, n, why, evidence: [] },
});
