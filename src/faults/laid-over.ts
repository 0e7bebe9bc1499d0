// What an activation lays over the rules of a profile: whether they can be had so, and which can strike anything then.
import type { Mistake } from '../base/mistake.ts';
import type { CheckedRule } from './check.ts';
import { type KnownNames, withoutKeys } from './known-names.ts';
import { matchMistakes } from './match-check.ts';
import { keyless, whyNever } from './match-overlap.ts';
import { placeMistakes, reachMistakes, severMistakes } from './place-check.ts';
import type { Match, Reach, Rule } from './rule.ts';
import { whyUntouched } from './touches.ts';

/** A rule of the profile, by its place in it, that can strike nothing under the match laid over it. */
export interface ExcludedRule {
  readonly index: number;
  readonly why: string;
}

/** What an activation says of all rules of its profile. */
export type LaidOver = Pick<Partial<Rule>, 'match' | 'share' | 'connections'>;

export interface Outcome {
  readonly mistakes: readonly Mistake[];
  readonly excluded: readonly ExcludedRule[];
}

/** A mistake when no rule can strike; when some cannot, these are told. */
export function activationMistakes(
  { match, share, connections }: LaidOver,
  checked: readonly CheckedRule[],
  known: KnownNames,
): Outcome {
  const mistakes = [...matchMistakes(match, known), ...severMistakes(connections, match)];
  for (const { fault, rule } of checked)
    for (const mistake of [
      ...placeMistakes(fault, { match, share }),
      ...severMistakes(connections ?? rule.connections, match, rule.match),
    ])
      if (!mistakes.some(({ path }) => path === mistake.path)) mistakes.push(mistake);
  if (!mistakes.some(({ path }) => path === 'connections')) mistakes.push(...unreachable(connections, checked));
  if (mistakes.length > 0 || !match) return { mistakes, excluded: [] };
  const over = withoutKeys(match, known).match ?? match;
  const excluded = checked.flatMap(({ rule, fault }, index) => {
    const why = whyExcluded(rule, over, known) ?? whyUntouched(fault, rule.match ? [rule.match, over] : [over], known);
    return why === undefined ? [] : [{ index, why }];
  });
  if (excluded.length < checked.length || checked.length === 0) return { mistakes, excluded };
  const reasons = [...new Set(excluded.map(({ why }) => why))].slice(0, 3).join('; ');
  return {
    mistakes: [{ path: 'match', message: `no rule of the profile can strike anything so: ${reasons}` }],
    excluded,
  };
}

/** What some rules can be told is told to those; none may be left. */
function unreachable(connections: Reach | undefined, checked: readonly CheckedRule[]): Mistake[] {
  const mistakes = checked.map(({ fault }) => reachMistakes(fault, connections));
  return mistakes.every((each) => each.length > 0) ? (mistakes[0] ?? []) : [];
}

function whyExcluded(rule: Rule, over: Match, known: KnownNames): string | undefined {
  const both = rule.match ? [rule.match, over] : [over];
  const never = whyNever(both, known);
  if (never !== undefined) return `with the match of the rule, ${never}`;
  const without = rule.per === 'idempotency-key' ? keyless(both, known) : undefined;
  return without && `it counts by Idempotency-Key, and ${without.join(', ')} takes none`;
}
