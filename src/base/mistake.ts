// What is wrong with an input, said so that its writer finds the place and knows what is allowed.
import type { z } from 'zod';
import { issueWords } from './issue-words.ts';
import { nearest } from './nearest.ts';
import { keysAt, schemaAt } from './schema-walk.ts';
import { looksSecret } from './secret.ts';

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
  const total = tightest(error.issues).reduce((sum, issue) => sum + describe(issue, schema, [], found), 0);
  return capped(found, total);
}

/** Adds what an issue says while there is room for it; gives how many mistakes it is. */
function describe(issue: z.core.$ZodIssue, schema: z.ZodType, base: Path, found: Mistake[]): number {
  const room = MAX_MISTAKES - found.length;
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    if (room > 0) {
      const allowed = keysAt(schema, path);
      for (const key of issue.keys.slice(0, room))
        found.push({ path: showPath([...path, key]), message: unknownField(key, allowed) });
    }
    return issue.keys.length;
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0 && issue.message === ANY_UNION) {
    const closest = issue.errors.reduce((best, errors) => (depth(errors) > depth(best) ? errors : best));
    return tightest(closest).reduce((sum, inner) => sum + describe(inner, schema, path, found), 0);
  }
  if (room > 0) {
    const message = issueWords(issue, schemaAt(schema, path));
    found.push({ path: showPath(path), message: `${message}${isTelling(path) ? '' : gotWords(issue)}` });
  }
  return 1;
}

/** Of the bounds that one value breaks on one side, only the tightest. */
function tightest(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const bounds = new Map<string, z.core.$ZodIssue>();
  for (const issue of issues) {
    const side = sideOf(issue);
    const other = side === undefined ? undefined : bounds.get(side);
    if (side !== undefined && (other === undefined || isTighter(issue, other))) bounds.set(side, issue);
  }
  return issues.filter((issue) => {
    const side = sideOf(issue);
    return side === undefined || bounds.get(side) === issue;
  });
}

const sideOf = ({ code, path }: z.core.$ZodIssue): string | undefined =>
  code === 'too_big' || code === 'too_small' ? JSON.stringify([code, ...path.map(String)]) : undefined;

function isTighter(one: z.core.$ZodIssue, other: z.core.$ZodIssue): boolean {
  if (one.code === 'too_big' && other.code === 'too_big') return one.maximum < other.maximum;
  return one.code === 'too_small' && other.code === 'too_small' && one.minimum > other.minimum;
}

/** What the validator says of a union that has no words of its own. */
const ANY_UNION = 'Invalid input';

function unknownField(key: string, allowed: readonly string[]): string {
  if (allowed.length === 0) return 'unknown field';
  const close = nearest(key, allowed);
  return `unknown field; allowed: ${allowed.join(', ')}${close === undefined ? '' : `; did you mean ${close}?`}`;
}

/** Places whose values may be keys of sellers, or other secrets. */
const isTelling = (path: Path): boolean =>
  path.some((part) => part === 'client' || part === 'clients' || part === 'headers') ||
  path.some((part) => typeof part === 'string' && looksSecret(part));

/** The union member that got deepest is the one its writer meant. */
const depth = (issues: readonly z.core.$ZodIssue[]): number =>
  issues.reduce(
    (deepest, issue) => Math.max(deepest, issue.path.length + (issue.code === 'invalid_type' ? 0 : 0.5)),
    Number.NEGATIVE_INFINITY,
  );

/** Of what is no single value only its kind, and that only where another was meant. */
function gotWords({ code, input }: z.core.$ZodIssue): string {
  if (input === undefined) return '';
  if (typeof input !== 'object' || input === null) return `, got ${shownValue(input)}`;
  if (code !== 'invalid_type') return '';
  return Array.isArray(input) ? ', got a list' : ', got fields';
}

/** JSON has no word for what YAML writes as `.nan` and `.inf`. */
const shownValue = (input: unknown): string =>
  (typeof input === 'number'
    ? String(input)
    : (JSON.stringify(typeof input === 'string' ? input.slice(0, MAX_SHOWN) : input) ?? '')
  ).slice(0, MAX_SHOWN);

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
