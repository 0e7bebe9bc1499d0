// A profile: what a seller will see, and the rules that make it so; read from YAML or JSON with exact mistakes.
import { z } from 'zod';
import { type PlacedMistake, readDocument, type Source, together } from '../base/document.ts';
import { MAX_MISTAKES, type Mistake, readPath, showPath } from '../base/mistake.ts';
import type { Parsed, Unreadable } from '../base/yaml.ts';
import { type CheckedRule, checkRule, type KnownNames, ruleMistakes } from '../faults/check.ts';
import { forOneDocument } from '../faults/known-names.ts';
import { itemsOf, memberOf, readableRule } from '../faults/readable.ts';
import { ruleSchema } from '../faults/rule.ts';

/** Rules in one profile. */
export const MAX_PROFILE_RULES = 1000;
/** A profile is at most this long: a hostile one is parsed at 0.1 MB a second or less. */
export const MAX_PROFILE_BYTES = 131_072;

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
  const names = forOneDocument(known);
  const read = readDocument(parsed ?? text, profileSchema, file);
  if ('mistakes' in read) {
    const said = read.source ? mistakesSaid(read.source, file, names) : [];
    return { mistakes: together(read.mistakes, said), wrongIn: 'form' };
  }
  const { rules } = read.value;
  const checked: CheckedRule[] = [];
  const wrong = lookedAt(rules, read, file, (rule) => {
    const outcome = checkRule(rule, names);
    if ('mistakes' in outcome) return outcome.mistakes;
    checked.push(outcome);
    return [];
  });
  const mistakes = [...twins(rules, file, read), ...wrong];
  return mistakes.length > 0
    ? { mistakes: together([], mistakes), wrongIn: 'rules' }
    : { profile: read.value, checked };
}

/** What is wrong with the rules of a profile of bad form, as far as they can be read. */
function mistakesSaid(source: Source, file: string, known: KnownNames): PlacedMistake[] {
  const rules = itemsOf(source.raw, 'rules').slice(0, MAX_PROFILE_RULES);
  const wrong = lookedAt(rules, source, file, (rule) => ruleMistakes(readableRule(rule), known));
  const ids = rules.map((rule) => ({ id: memberOf(rule, 'id') }));
  return [...twins(ids, file, source), ...wrong];
}

/** What is wrong with the rules, until it is more than can be told: each look may take a part of a millisecond. */
function lookedAt<One>(
  rules: readonly One[],
  source: Pick<Source, 'lineOf'>,
  file: string,
  look: (rule: One) => readonly Mistake[],
): PlacedMistake[] {
  const mistakes: PlacedMistake[] = [];
  for (const [index, rule] of rules.entries()) {
    if (mistakes.length >= MAX_MISTAKES) {
      const message = `there may be more: rules[${index}] and those after it were not looked at`;
      return [...mistakes, { file, line: source.lineOf(['rules', index]), path: '', message }];
    }
    mistakes.push(...placed(look(rule), index, file, source));
  }
  return mistakes;
}

const placed = (mistakes: readonly Mistake[], index: number, file: string, { lineOf }: Pick<Source, 'lineOf'>) =>
  mistakes.map(({ path, message }): PlacedMistake => {
    const parts: PropertyKey[] = ['rules', index, ...readPath(path)];
    return { file, line: lineOf(parts), path: showPath(parts), message };
  });

/** Ids must differ. */
function twins(rules: readonly { readonly id?: unknown }[], file: string, source: Pick<Source, 'lineOf'>) {
  const first = new Map<unknown, number>();
  return rules.flatMap(({ id }, index) => {
    const twin = id === undefined ? undefined : first.get(id);
    if (id !== undefined && twin === undefined) first.set(id, index);
    if (twin === undefined) return [];
    const message = `${JSON.stringify(id)} is already the id of rules[${twin}]`;
    return placed([{ path: 'id', message }], index, file, source);
  });
}
