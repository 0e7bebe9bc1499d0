// What to change first: what is unsafe, then what fails, by how much it matters, then what is nearly well.
import { criterionNamed } from '../../scorecard/registry.ts';
import type { ClientScorecard, CriterionRow } from '../../scorecard/score.ts';
import type { Judged } from '../hypothesis.ts';

export interface Fix {
  readonly client: string;
  readonly metric: string;
  readonly verdict: 'fail' | 'warn';
  /** It makes the client unsafe: a sale made twice, lost, or left unresolved. */
  readonly isGate: boolean;
  /** A condition of the hypothesis is not met because of it. */
  readonly isExpected: boolean;
  readonly advice: string;
  readonly evidence: readonly string[];
}

/** `clients` are those that the rehearsal is about; what is only told counts for nothing. */
export function whatToFix(
  scorecards: readonly ClientScorecard[],
  hypothesis: readonly Judged[],
  clients: readonly string[],
): Fix[] {
  const unmet = hypothesis.filter(({ outcome }) => outcome === 'unmet');
  const fixes = scorecards
    .filter(({ client }) => clients.includes(client))
    .flatMap(({ client, criteria }) => criteria.flatMap((row) => fixOf(client, row, unmet)));
  return fixes.sort((a, b) => rank(a) - rank(b) || weight(b) - weight(a) || compare(a.client, b.client));
}

function fixOf(client: string, row: CriterionRow, unmet: readonly Judged[]): Fix[] {
  const { name: metric, verdict, counts, advice, evidence } = row;
  const isExpected = unmet.some((one) => one.metric === metric && one.of === client);
  if (verdict !== 'fail' && verdict !== 'warn') return [];
  if (counts === 'told' && !isExpected) return [];
  return [{ client, metric, verdict, isGate: counts === 'gate', isExpected, advice, evidence }];
}

const rank = ({ verdict, isGate, isExpected }: Fix): number =>
  verdict === 'fail' ? (isGate ? 0 : 1) : isGate || isExpected ? 2 : 3;

const weight = ({ metric }: Fix): number => criterionNamed(metric)?.weight ?? 0;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
