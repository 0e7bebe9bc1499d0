// From a figure and its interval to a verdict.
import type { Finding, Verdict } from './criterion.ts';
import type { Estimate } from './statistics.ts';

/** From the worst; what has no data is not passed. */
const FROM_WORST: readonly Verdict[] = ['fail', 'warn', 'no-data', 'pass'];

/** Of none there is no data. */
export const worstOf = (verdicts: readonly Verdict[]): Verdict =>
  FROM_WORST.find((verdict) => verdicts.includes(verdict)) ?? 'no-data';

/** Up to where it is well, and from there up to where it is a warning. */
export interface Limits {
  readonly pass: number;
  readonly warn: number;
}

/** Where it only warns, in words; nothing where it fails at once. */
export const warnsTo = (words: string, { pass, warn }: Limits): string => (pass === warn ? '' : `, warns ${words}`);

/** The less, the better. A verdict that the interval does not bear out is a warning. */
export function atMost({ figure, low, high }: Estimate, { pass, warn }: Limits): Verdict {
  if (figure <= pass) return high <= pass ? 'pass' : 'warn';
  if (figure <= warn) return 'warn';
  return low > warn ? 'fail' : 'warn';
}

/** The more, the better. */
export const atLeast = ({ figure, low, high }: Estimate, { pass, warn }: Limits): Verdict =>
  atMost({ figure: -figure, low: -high, high: -low }, { pass: -pass, warn: -warn });

/** Too little was seen: `n` observations, and why that says nothing. */
export const noData = (n: number, advice: string): Finding => ({
  verdict: 'no-data',
  n,
  figure: null,
  advice,
  evidence: [],
});

/** Ids shown with a finding. */
export const MAX_EVIDENCE = 10;

export const idsOf = (attempts: readonly { readonly requestId: string }[]): string[] =>
  attempts.slice(0, MAX_EVIDENCE).map(({ requestId }) => requestId);
