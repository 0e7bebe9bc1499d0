// Which share of requests several rules strike together, where the same request can be struck by more than one of them.
import type { ArmedRule } from '../faults/armed-rule.ts';
import type { KnownNames } from '../faults/check.ts';
import { forOneDocument } from '../faults/known-names.ts';
import { whyNever } from '../faults/match-overlap.ts';
import { actsOnWebhooks } from '../faults/place-check.ts';
import type { Match } from '../faults/rule.ts';

/** Kinds of requests that are looked at one by one; of more, all rules that can meet the one are taken to meet each other. */
const MAX_REQUEST_KINDS = 2000;
const PARTS = ['operations', 'clients', 'doors', 'events'] as const;
type Part = (typeof PARTS)[number];

/** Rules that can all strike the same request, the one that was asked about first. */
export interface Together {
  readonly rules: readonly ArmedRule[];
  /** Of such requests, those that at least one of them strikes, 0..1. */
  readonly share: number;
}

/** The rules that, together with this one, strike more than such a share of some requests; undefined: none do. */
export function struckTogether(
  rule: ArmedRule,
  beside: readonly ArmedRule[],
  atMost: number,
  known: KnownNames,
): Together | undefined {
  const others = beside.filter((other) => other !== rule && other.maxShare > 0);
  if (within(combined([rule, ...others]), atMost)) return undefined; // whatever they are meant for
  const names = forOneDocument(known);
  const own = wholeMatch(rule);
  const meeting = others.filter(
    (other) =>
      actsOnWebhooks(rule.fault) === actsOnWebhooks(other.fault) &&
      whyNever([...own, ...wholeMatch(other)], names) === undefined,
  );
  const all = combined([rule, ...meeting]);
  if (within(all, atMost)) return undefined;
  const worst = worstOf(rule, meeting) ?? all;
  return within(worst, atMost) ? undefined : worst;
}

/** Draws are made for each rule by itself, so that what one spares another may strike. */
const combined = (rules: readonly ArmedRule[]): Together => ({
  rules,
  share: 1 - rules.reduce((spared, { maxShare }) => spared * (1 - maxShare), 1),
});

/** Floating point may miss a bound by some 1e-17 a rule. */
const within = ({ share }: Together, atMost: number): boolean => share <= atMost + 1e-9;

const wholeMatch = ({ matches, fault: { touches } }: ArmedRule): Match[] => [
  ...matches,
  ...(touches?.operations ? [{ operations: [...touches.operations] }] : []),
];

/** By the names that any of them gives, and one that none does; undefined: those are too many. */
function worstOf(rule: ArmedRule, meeting: readonly ArmedRule[]): Together | undefined {
  const fits = [rule, ...meeting].map((one) => ({ rule: one, matches: wholeMatch(one) }));
  const named = PARTS.map((part) => {
    const names = new Set(fits.flatMap(({ matches }) => matches.flatMap((match) => match[part] ?? [])));
    return [undefined, ...names].filter((name) => isMeant(wholeMatch(rule), part, name));
  });
  if (named.reduce((count, names) => count * names.length, 1) > MAX_REQUEST_KINDS) return undefined;
  let worst = combined([rule]);
  for (const request of everyOne(named)) {
    const striking = fits.filter(({ matches }) => PARTS.every((part, index) => isMeant(matches, part, request[index])));
    const one = combined(striking.map((fit) => fit.rule));
    if (one.share > worst.share) worst = one;
  }
  return worst;
}

const isMeant = (matches: readonly Match[], part: Part, name: string | undefined): boolean =>
  matches.every((match) => {
    const names: readonly string[] | undefined = match[part];
    return names === undefined || (name !== undefined && names.includes(name));
  });

const everyOne = (lists: readonly (readonly (string | undefined)[])[]): (string | undefined)[][] =>
  lists.reduce<(string | undefined)[][]>(
    (rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])),
    [[]],
  );
