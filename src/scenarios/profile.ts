// A profile: what a seller will see, and the rules that make it so; read from YAML or JSON with exact mistakes.
import { z } from 'zod';
import { type PlacedMistake, readDocument } from '../base/document.ts';
import { capped, type Mistake, readPath, showPath } from '../base/mistake.ts';
import type { Parsed, Unreadable } from '../base/yaml.ts';
import { type CheckedRule, checkRule, type KnownNames } from '../faults/check.ts';
import { ruleSchema } from '../faults/rule.ts';

/** Rules in one profile. */
export const MAX_PROFILE_RULES = 1000;
/** A profile is at most this long: YAML is parsed at 0.3 MB a second or less, and nothing else runs meanwhile. */
export const MAX_PROFILE_BYTES = 262_144;

export const PROFILE_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** What is allowed, for messages. */
export const PROFILE_NAME_FORM = 'must be 1 to 63 small letters, digits or dashes, not starting with a dash';
export const profileName = z.string().regex(PROFILE_NAME, PROFILE_NAME_FORM);

export const profileSchema = z.strictObject({
  summary: z.string().min(1).max(200).describe('what a seller will see, in one sentence'),
  rules: z.array(ruleSchema).min(1).max(MAX_PROFILE_RULES).describe('in order; the first that answers wins'),
});
/** A profile in its written form. */
export type Profile = z.output<typeof profileSchema>;

export type ProfileRead =
  | { readonly profile: Profile; readonly checked: readonly CheckedRule[] }
  | {
      readonly mistakes: readonly PlacedMistake[];
      /** `form`: it is no profile at all · `rules`: it is one, whose rules cannot be armed. */
      readonly wrongIn: 'form' | 'rules';
    };

/** Reads a profile whole, or gives what is wrong with it; `file` names it in mistakes, `parsed` is its text parsed before. */
export function readProfile(text: string, file: string, known: KnownNames, parsed?: Parsed | Unreadable): ProfileRead {
  if (Buffer.byteLength(text) > MAX_PROFILE_BYTES) {
    const message = `is longer than ${MAX_PROFILE_BYTES} bytes`;
    return { mistakes: [{ file, line: 1, path: '', message }], wrongIn: 'form' };
  }
  const read = readDocument(parsed ?? text, profileSchema, file);
  if ('mistakes' in read) return { mistakes: read.mistakes, wrongIn: 'form' };
  const { rules } = read.value;
  const checked: CheckedRule[] = [];
  const mistakes: PlacedMistake[] = [];
  const complain = (index: number, { path, message }: Mistake): void => {
    const parts: PropertyKey[] = ['rules', index, ...readPath(path)];
    mistakes.push({ file, line: read.lineOf(parts), path: showPath(parts), message });
  };
  for (const [index, rule] of rules.entries()) {
    const outcome = checkRule(rule, known);
    if ('mistakes' in outcome) for (const mistake of outcome.mistakes) complain(index, mistake);
    else checked.push(outcome);
    const twin = rule.id === undefined ? -1 : rules.findIndex(({ id }) => id === rule.id);
    if (twin >= 0 && twin < index)
      complain(index, { path: 'id', message: `${JSON.stringify(rule.id)} is already the id of rules[${twin}]` });
  }
  return mistakes.length > 0 ? { mistakes: capped(mistakes), wrongIn: 'rules' } : { profile: read.value, checked };
}
