// Whether a written rule can be armed: a known kind, parameters it takes, operations that exist.
import type { z } from 'zod';
import { type Mistake, mistakesOf } from '../base/mistake.ts';
import type { Fault } from './fault.ts';
import { placeMistakes, severMistakes } from './place-check.ts';
import { faultByName, faults } from './registry.ts';
import type { Rule } from './rule.ts';

/** Names that a match may use, where they are known. */
export interface KnownNames {
  readonly operations: readonly string[];
  readonly doors: readonly string[];
}

export interface CheckedRule {
  readonly rule: Rule;
  readonly fault: Fault;
  readonly params: unknown;
}

/** Gives the rule with its kind and checked parameters, or everything wrong with it; paths are relative to the rule. */
export function checkRule(rule: Rule, known: KnownNames): CheckedRule | { readonly mistakes: readonly Mistake[] } {
  const mistakes = [
    ...unknownNames('operations', rule.match?.operations, known.operations),
    ...unknownNames('doors', rule.match?.doors, known.doors),
  ];
  const fault = faultByName.get(rule.fault);
  if (!fault) {
    const names = faults.map(({ name }) => name).join(', ');
    return {
      mistakes: [
        { path: 'fault', message: `unknown kind ${JSON.stringify(rule.fault)}; known: ${names}` },
        ...mistakes,
      ],
    };
  }
  const params = (fault.params as z.ZodType).safeParse(rule.with ?? {}, { reportInput: true });
  if (!params.success) {
    for (const { path, message } of mistakesOf(params.error, fault.params))
      mistakes.push({ path: path ? `with.${path}` : 'with', message });
  }
  mistakes.push(...placeMistakes(fault, rule), ...severMistakes(rule.connections, rule.match));
  if (mistakes.length > 0 || !params.success) return { mistakes };
  return { rule, fault, params: params.data };
}

/** Names in a part of a match that are not known, each as a mistake at its place in the match. */
export function unknownNames(part: string, used: readonly string[] | undefined, known: readonly string[]): Mistake[] {
  return (used ?? []).flatMap((name, index) =>
    known.includes(name)
      ? []
      : [
          {
            path: `match.${part}[${index}]`,
            message: `unknown name ${JSON.stringify(name)}; known: ${known.join(', ')}`,
          },
        ],
  );
}
