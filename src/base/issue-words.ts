// What a schema finds wrong, in the words of who writes the document: forms to be copied, and no names of types.
import { z } from 'zod';
import { counted } from './counted.ts';
import { nearest } from './nearest.ts';
import { optionsOf } from './schema-walk.ts';

/** Said by the validator itself; all other messages are ours. */
const OF_THE_VALIDATOR = /^(Invalid|Too (small|big)|Unrecognized|Expected)/;
const MAX_NAMED = 12;

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  null: 'null',
};

/** `schema` is the one at the place of the issue, as far as it is known. */
export function issueWords(issue: z.core.$ZodIssue, schema: unknown): string {
  if (!OF_THE_VALIDATOR.test(issue.message)) return lowerFirst(issue.message);
  if (issue.input === undefined && issue.code !== 'custom') return `is missing: it ${neededWords(issue, schema)}`;
  return neededWords(issue, schema);
}

function neededWords(issue: z.core.$ZodIssue, schema: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue.expected, schema, issue.input);
    case 'too_small':
      return boundWords(issue.origin, issue.minimum, issue.inclusive === false ? 'above' : 'at least');
    case 'too_big':
      return boundWords(issue.origin, issue.maximum, issue.inclusive === false ? 'below' : 'at most');
    case 'invalid_value':
      return choiceWords(issue.values, issue.input);
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'must be a time such as 2026-11-25T14:00:00Z'
        : `must match ${issue.pattern}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_key':
      return 'has a name that is not allowed';
    default:
      return lowerFirst(issue.message);
  }
}

function boundWords(origin: string, bound: number | bigint, than: string): string {
  if (origin === 'string') {
    if (than === 'at least' && bound === 1) return 'must not be empty';
    return `must have ${than} ${counted(bound, 'character')}`;
  }
  if (origin === 'array' || origin === 'set') return `must have ${than} ${counted(bound, 'item')}`;
  return `must be ${than} ${bound}`;
}

function choiceWords(values: readonly z.core.util.Primitive[], input: unknown): string {
  const words = values.map(String);
  const close = typeof input === 'string' && input.length > 2 ? nearest(input, words) : undefined;
  const allowed = words.length === 1 ? `must be ${words[0]}` : `must be one of ${words.join(', ')}`;
  return close === undefined ? allowed : `${allowed}; did you mean ${close}?`;
}

/** With a form that holds what was written, where there is one. */
function typeWords(expected: string, schema: unknown, input: unknown): string {
  const options = optionsOf(schema);
  if (expected === 'object' || expected === 'record') {
    const object = options.find((option) => option instanceof z.ZodObject);
    return object ? formWords(object, input) : 'must be fields, each with a name and a value';
  }
  if (expected === 'array') {
    const list = options.find((option) => option instanceof z.ZodArray);
    const fits = list !== undefined && takes(list.element, input);
    return fits ? `must be a list such as [${shown(input)}]` : 'must be a list';
  }
  const described = options.find((option) => option instanceof z.ZodType && hasExamples(option));
  if (expected === 'string' && described instanceof z.ZodType) return `must be ${described.meta()?.description}`;
  return `must be ${TYPES[expected] ?? expected}`;
}

function formWords({ shape }: z.ZodObject, input: unknown): string {
  const keys = Object.keys(shape);
  const required = keys.filter((key) => !takes(shape[key], undefined));
  const likely = required.length > 0 ? required : keys;
  const home = input === undefined || input === null ? undefined : likely.find((key) => takes(shape[key], input));
  if (home === undefined) return `must have fields: ${keys.slice(0, MAX_NAMED).join(', ')}`;
  const others = required
    .filter((key) => key !== home)
    .map((key) => `, ${key}: …`)
    .join('');
  return `must be a form such as { ${home}: ${shown(input)}${others} }`;
}

const takes = (schema: unknown, input: unknown): boolean =>
  schema instanceof z.ZodType && schema.safeParse(input).success;

/** Such as a duration, whose description says how it is written. */
const hasExamples = (schema: z.ZodType): boolean => Array.isArray(schema.meta()?.examples);

const shown = (input: unknown): string =>
  typeof input === 'string' && /^[\w./:+%-]{1,40}$/.test(input) ? input : (JSON.stringify(input) ?? '').slice(0, 40);

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
