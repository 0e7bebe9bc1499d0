// What a rule strikes, in words: `100 % of operations listSessions and clients shop`.
import type { Activation, ActiveRule } from '../admin/contract/contract.ts';

export const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

/** The share in force at this moment, and what both the rule and its activation ask for. */
export function strikesWords(rule: ActiveRule, activation: Activation | undefined): string {
  const struck = [...matchWords(rule.match), ...matchWords(activation?.match)].join(' and ') || 'everything';
  return `${percent(rule.shareNow)} of ${struck}`;
}

/** A count that a kind may be unable to have. */
export const countOrDash = (count: number | null): string => (count === null ? '-' : String(count));

const matchWords = (match: object | null | undefined): string[] =>
  Object.entries(match ?? {}).map(
    ([part, wanted]) => `${part} ${Array.isArray(wanted) ? wanted.join(',') : JSON.stringify(wanted)}`,
  );
