// What is wrong with an input, said so that its writer finds the place and knows what is allowed.
import { z } from 'zod';

/** One thing wrong: where (`rules[0].share`), and what, with what is allowed. */
export interface Mistake {
  readonly path: string;
  readonly message: string;
}

type Path = readonly PropertyKey[];

/** Mistakes that are told at a time; of the others only how many there are. */
export const MAX_MISTAKES = 50;
/** Of a key or a value that is shown, in characters. */
const MAX_SHOWN = 80;

/** The first mistakes, and how many more there are. */
export function capped<Told extends Mistake>(mistakes: readonly Told[], total = mistakes.length): Told[] {
  const told = mistakes.slice(0, MAX_MISTAKES);
  const [first] = told;
  const more = total - told.length;
  return more > 0 && first ? [...told, { ...first, path: '', message: `and ${more} more` }] : told;
}

/** What is wrong with a value against a schema, `capped`; none when it fits. */
export function mistakesOf(error: z.ZodError, schema: z.ZodType): Mistake[] {
  const found: Mistake[] = [];
  const total = error.issues.reduce((sum, issue) => sum + describe(issue, schema, [], found), 0);
  return capped(found, total);
}

/** Adds what an issue says while there is room for it; gives how many mistakes it is. */
function describe(issue: z.core.$ZodIssue, schema: z.ZodType, base: Path, found: Mistake[]): number {
  const room = MAX_MISTAKES - found.length;
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    if (room > 0) {
      const allowed = keysAt(schema, path);
      const message = `unknown field${allowed.length > 0 ? `; allowed: ${allowed.join(', ')}` : ''}`;
      for (const key of issue.keys.slice(0, room)) found.push({ path: showPath([...path, key]), message });
    }
    return issue.keys.length;
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const closest = issue.errors.reduce((best, errors) => (depth(errors) > depth(best) ? errors : best));
    return closest.reduce((sum, inner) => sum + describe(inner, schema, path, found), 0);
  }
  if (room > 0) found.push({ path: showPath(path), message: `${lowerFirst(issue.message)}${shown(issue.input)}` });
  return 1;
}

/** The union member that got deepest is the one its writer meant. */
const depth = (issues: readonly z.core.$ZodIssue[]): number =>
  issues.reduce(
    (deepest, issue) => Math.max(deepest, issue.path.length + (issue.code === 'invalid_type' ? 0 : 0.5)),
    Number.NEGATIVE_INFINITY,
  );

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function shown(input: unknown): string {
  if (input === undefined || (typeof input === 'object' && input !== null)) return '';
  return `, got ${JSON.stringify(typeof input === 'string' ? input.slice(0, MAX_SHOWN) : input)?.slice(0, MAX_SHOWN)}`;
}

/** `['rules', 0, 'share']` as `rules[0].share`. */
export function showPath(path: Path): string {
  let text = '';
  for (const part of path)
    text += typeof part === 'number' ? `[${part}]` : `${text && '.'}${String(part).slice(0, MAX_SHOWN)}`;
  return text;
}

/** `rules[0].share` as `['rules', 0, 'share']`. */
export const readPath = (shown: string): PropertyKey[] =>
  shown
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** The fields an object schema knows at a path, as far as it can be followed. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  let here: unknown = schema;
  for (const part of path) {
    const inner = unwrap(here);
    if (inner instanceof z.ZodObject) here = inner.shape[String(part)];
    else if (inner instanceof z.ZodArray) here = inner.element;
    else if (inner instanceof z.ZodRecord) here = inner.valueType;
    else return [];
  }
  const end = unwrap(here);
  return end instanceof z.ZodObject ? Object.keys(end.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let here = schema;
  for (;;) {
    if (
      here instanceof z.ZodOptional ||
      here instanceof z.ZodDefault ||
      here instanceof z.ZodPrefault ||
      here instanceof z.ZodNullable
    )
      here = here.unwrap();
    else if (here instanceof z.ZodPipe) here = here.in;
    else return here;
  }
}
