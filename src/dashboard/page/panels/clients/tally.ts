// How often which verdict was given on a scorecard.

import type { CriterionRow, Scorecard } from '../../../../admin/contract/scorecard.ts';
import { percentOf, rounded } from '../../../../base/rounding.ts';

export type Verdict = CriterionRow['verdict'];
export type Tally = Readonly<Record<Verdict, number>>;

/** The worst first. */
export const WORST_FIRST: readonly Verdict[] = ['fail', 'warn', 'pass', 'no-data'];

export function tallyOf({ criteria }: Scorecard): Tally {
  const tally = { fail: 0, warn: 0, pass: 0, 'no-data': 0 };
  for (const { verdict } of criteria) tally[verdict]++;
  return tally;
}

export const isJudged = ({ fail, warn, pass }: Tally): boolean => fail + warn + pass > 0;

/** The worst first, else as the server has them. */
export const worstFirst = (criteria: readonly CriterionRow[]): CriterionRow[] =>
  [...criteria].sort((one, two) => WORST_FIRST.indexOf(one.verdict) - WORST_FIRST.indexOf(two.verdict));

/** What makes all of them unsure alike, to be said once; null: nothing does. */
export function commonDoubt(criteria: readonly CriterionRow[]): string | null {
  const doubts = new Set(criteria.map(({ unsure }) => unsure));
  const [doubt] = doubts;
  return criteria.length > 1 && doubts.size === 1 && doubt !== undefined ? doubt : null;
}

/** In its unit, as a person reads it. */
export function figureWords(figure: number, unit: CriterionRow['unit']): string {
  const few = String(rounded(figure));
  switch (unit) {
    case 'share':
      return `${percentOf(figure)} %`;
    case 'ratio':
    case 'count':
      return few;
    default:
      return `${few} ${unit}`;
  }
}
