// All of a scorecard as one number, for those who ask for it: it hides why, and so nobody is shown it unasked.
import type { Verdict } from './criterion.ts';
import type { ClientScorecard } from './score.ts';
import { sum } from './statistics.ts';

/** How much each counts; domain: the others are too seldom seen, or told only. */
const WEIGHTS: Readonly<Record<string, number>> = {
  ...{ 'client-timeout': 30, concurrency: 25, 'retry-amplification': 25, 'breaker-opening': 20 },
};
/** There is no score of less. */
const LEAST_WEIGHT = 50;
const POINTS: Readonly<Record<Exclude<Verdict, 'no-data'>, number>> = { pass: 100, warn: 50, fail: 0 };

export interface TotalScore {
  /** 0 to 100, the more the better; 0 wherever the gate fails, and null where too little was seen. */
  readonly points: number | null;
  /** Of 100: what of the weight had data, and so is what the points stand on. */
  readonly weight: number;
}

/** The mean of what had data, by weight. */
export function totalScoreOf({ gate, criteria }: Pick<ClientScorecard, 'gate' | 'criteria'>): TotalScore {
  const parts = criteria.flatMap(({ name, verdict }) => {
    const weight = WEIGHTS[name];
    return weight === undefined || verdict === 'no-data' ? [] : [{ weight, points: POINTS[verdict] }];
  });
  const weight = sum(parts.map((part) => part.weight));
  if (gate === 'fail') return { points: 0, weight };
  if (weight < LEAST_WEIGHT) return { points: null, weight };
  return { points: sum(parts.map((part) => part.weight * part.points)) / weight, weight };
}
