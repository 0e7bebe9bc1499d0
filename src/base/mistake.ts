// What is wrong with an input, said so that its writer finds the place and knows what is allowed.
import { z } from 'zod';

/** One thing wrong: where (`rules[0].share`), and what, with what is allowed. */
export interface Mistake {
  readonly path: string;
  readonly message: string;
}

type Path = readonly PropertyKey[];

/** Every mistake of a value against a schema; none when it fits. */
export function mistakesOf(error: z.ZodError, schema: z.ZodType): Mistake[] {
  return error.issues.flatMap((issue) => describe(issue, schema, []));
}

function describe(issue: z.core.$ZodIssue, schema: z.ZodType, base: Path): Mistake[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const allowed = keysAt(schema, path);
    const list = allowed.length > 0 ? `; allowed: ${allowed.join(', ')}` : '';
    return issue.keys.map((key) => ({ path: showPath([...path, key]), message: `unknown field${list}` }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const closest = issue.errors.reduce((best, errors) => (depth(errors) > depth(best) ? errors : best));
    return closest.flatMap((inner) => describe(inner, schema, path));
  }
  return [{ path: showPath(path), message: `${lowerFirst(issue.message)}${shown(issue.input)}` }];
}

/** The union member that got deepest is the one its writer meant. */
const depth = (issues: readonly z.core.$ZodIssue[]): number =>
  Math.max(...issues.map((issue) => issue.path.length + (issue.code === 'invalid_type' ? 0 : 0.5)));

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function shown(input: unknown): string {
  if (input === undefined || (typeof input === 'object' && input !== null)) return '';
  return `, got ${JSON.stringify(input)?.slice(0, 80)}`;
}

/** `['rules', 0, 'share']` as `rules[0].share`. */
export function showPath(path: Path): string {
  let text = '';
  for (const part of path) text += typeof part === 'number' ? `[${part}]` : `${text && '.'}${String(part)}`;
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
