// Whether a written rule can be armed, and can strike anything: a known kind, parameters it takes, requests that can be.
import type { z } from 'zod';
import { DURATION_FORM, parseDuration } from '../base/duration.ts';
import { type Mistake, mistakesOf } from '../base/mistake.ts';
import { unknownName } from '../base/unknown-name.ts';
import type { Fault } from './fault.ts';
import { fieldMistakes } from './field-check.ts';
import { type KnownNames, withoutKeys } from './known-names.ts';
import { matchMistakes } from './match-check.ts';
import { keyless } from './match-overlap.ts';
import { placeMistakes, reachMistakes, severMistakes } from './place-check.ts';
import { faultByName, faults } from './registry.ts';
import type { Rule } from './rule.ts';
import { touchMistakes } from './touches.ts';

export type { KnownNames } from './known-names.ts';

export interface CheckedRule {
  /** Names clients by what they are called, never by a key. */
  readonly rule: Rule;
  readonly fault: Fault;
  readonly params: unknown;
  /** Its id as written, where another had to be found for it. */
  readonly writtenId?: string;
  /** What clients are called that the rule names by their keys. */
  readonly shownAs?: readonly string[];
}

const KIND_NAMES = faults.map(({ name }) => name);

/** Gives the rule with its kind and checked parameters, or everything wrong with it; paths are relative to the rule. */
export function checkRule(rule: Rule, known: KnownNames): CheckedRule | { readonly mistakes: readonly Mistake[] } {
  const { mistakes, fault, params } = examine(rule, known);
  if (mistakes.length > 0 || !fault) return { mistakes };
  const { match, shownAs } = withoutKeys(rule.match, known);
  return { rule: match ? { ...rule, match } : rule, fault, params, ...(shownAs.length > 0 && { shownAs }) };
}

/** Everything that is wrong with the parts of a rule that could be read. */
export const ruleMistakes = (rule: Partial<Rule>, known: KnownNames): readonly Mistake[] =>
  examine(rule, known).mistakes;

interface Examined {
  readonly mistakes: readonly Mistake[];
  readonly fault?: Fault | undefined;
  readonly params?: unknown;
}

function examine(rule: Partial<Rule>, known: KnownNames): Examined {
  const general = [...matchMistakes(rule.match, known), ...idleMistakes(rule, known)];
  if (rule.fault === undefined) return { mistakes: general };
  const fault = faultByName.get(rule.fault);
  if (!fault) {
    const message = unknownName('kind', rule.fault, KIND_NAMES, '`showstopper kinds`');
    return { mistakes: [{ path: 'fault', message }, ...general] };
  }
  const params = (fault.params as z.ZodType).safeParse(rule.with ?? {}, { reportInput: true });
  const wrong = params.success ? fieldMistakes(fault, params.data, known) : mistakesOf(params.error, fault.params);
  const ofParams = wrong.map(inWith);
  const ofPlaces = [
    ...placeMistakes(fault, rule),
    ...touchMistakes(fault, rule.match),
    ...reachMistakes(fault, rule.connections),
    ...severMistakes(rule.connections, rule.match),
  ];
  return { mistakes: [...general, ...ofParams, ...ofPlaces], fault, params: params.data };
}

const inWith = ({ path, message }: Mistake): Mistake => ({ path: path ? `with.${path}` : 'with', message });

/** What keeps a rule from ever acting, whatever its kind. */
function idleMistakes({ limit, ttl, per, match }: Partial<Rule>, known: KnownNames): Mistake[] {
  const mistakes: Mistake[] = [];
  if (limit === 0)
    mistakes.push({ path: 'limit', message: 'must be at least 1: with 0 it never acts; `share: 0` turns a rule off' });
  if (ttl !== undefined && parseDuration(ttl) === 0)
    mistakes.push({ path: 'ttl', message: `must be ${DURATION_FORM}, longer than nothing` });
  const without = per === 'idempotency-key' && match ? keyless([match], known) : undefined;
  if (without)
    mistakes.push({
      path: 'per',
      message: `there is no Idempotency-Key to count by: ${without.join(', ')} takes none`,
    });
  return mistakes;
}
