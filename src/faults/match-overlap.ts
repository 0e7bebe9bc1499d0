// Whether any request can fit several matches at once, by what is known of the operations.
import type { Mistake } from '../base/mistake.ts';
import { patternsOverlap } from '../base/path-overlap.ts';
import { rangesOverlap } from '../wire/address.ts';
import type { KnownNames, KnownOperation } from './known-names.ts';
import type { Match } from './rule.ts';

/** Pairs of globs or ranges compared for one rule; those with more are taken to overlap. */
const MAX_PAIRS = 400;

/** What is known of the operations, and the work that may still be spent on it. */
export type Known = Pick<KnownNames, 'api' | 'effort'>;

/** Methods and paths of a match that none of its own operations has. */
export function wastedParts({ operations, methods, paths }: Match, { api, effort }: Known): Mistake[] {
  const asked = operationsOf(operations, api);
  if (!asked) return [];
  const has = asked.flatMap(methodsOf);
  const wrongMethods = (methods ?? []).flatMap((method, index) =>
    has.includes(method.toUpperCase())
      ? []
      : [
          {
            path: `match.methods[${index}]`,
            message: `${method}: no operation named here has it; they have ${listed(has)}`,
          },
        ],
  );
  const wrongPaths = (paths ?? []).flatMap((glob, index) =>
    asked.some(({ path }) => patternsOverlap(glob, path, effort))
      ? []
      : [
          {
            path: `match.paths[${index}]`,
            message: `${glob.slice(0, 80)}: no operation named here has such a path; they have ${listed(asked.map(({ path }) => path))}`,
          },
        ],
  );
  return [...wrongMethods, ...wrongPaths];
}

/** Why no request fits all of these matches, each of which some request fits; undefined when one may. */
export function whyNever(matches: readonly Match[], { api, effort }: Known): string | undefined {
  const overlap = (one: string, other: string): boolean => patternsOverlap(one, other, effort);
  for (const part of ['operations', 'events', 'clients', 'doors'] as const)
    if (!shared(matches.map((match) => match[part]))) return `its ${part} exclude each other`;
  const upper = matches.map(({ methods }) => methods?.map((method) => method.toUpperCase()));
  if (!shared(upper)) return 'its methods exclude each other';
  if (
    !overlapping(
      matches.map(({ addresses }) => addresses),
      rangesOverlap,
    )
  )
    return 'its addresses exclude each other';
  if (
    !overlapping(
      matches.map(({ paths }) => paths),
      overlap,
    )
  )
    return 'its paths exclude each other';
  const asked = operationsOf(intersection(matches.map(({ operations }) => operations)), api);
  if (!asked) return undefined;
  const methods = intersection(upper);
  const fits = (operation: KnownOperation): boolean =>
    (methods === undefined || methodsOf(operation).some((method) => methods.includes(method))) &&
    matches.every(({ paths }) => paths === undefined || paths.some((glob) => overlap(glob, operation.path)));
  if (asked.some(fits)) return undefined;
  return `${listed(asked.map(({ name, method, path }) => `${name} (${method} ${path})`))} cannot be reached by these methods and paths`;
}

/** Those that read no Idempotency-Key, when that is so of every operation named. */
export function keyless(matches: readonly Match[], { api }: Known): readonly string[] | undefined {
  const asked = operationsOf(intersection(matches.map(({ operations }) => operations)), api);
  return asked && asked.length > 0 && asked.every(({ takesKey }) => !takesKey)
    ? [...new Set(asked.map(({ name }) => name))]
    : undefined;
}

/** Undefined when a request for no operation is meant too, which may have any method and path. */
function operationsOf(
  names: readonly string[] | undefined,
  api: KnownNames['api'],
): readonly KnownOperation[] | undefined {
  if (!names || !api) return undefined;
  const known = names.every((name) => api.some((operation) => operation.name === name));
  return known ? api.filter(({ name }) => names.includes(name)) : undefined; // one of each method that shares a name
}

const methodsOf = ({ method }: KnownOperation): string[] => (method === 'GET' ? ['GET', 'HEAD'] : [method]);

/** What all of those lists have that are given; undefined when none is. */
function intersection(lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const given = lists.filter((list) => list !== undefined);
  const [first, ...others] = given;
  return first?.filter((item) => others.every((list) => list.includes(item)));
}

const shared = (lists: readonly (readonly string[] | undefined)[]): boolean => intersection(lists)?.length !== 0;

function overlapping(
  lists: readonly (readonly string[] | undefined)[],
  overlap: (one: string, other: string) => boolean,
): boolean {
  const [first, ...others] = lists.filter((list) => list !== undefined);
  if (!first) return true;
  return others.every(
    (list) => first.length * list.length > MAX_PAIRS || first.some((one) => list.some((other) => overlap(one, other))),
  );
}

const listed = (texts: readonly string[]): string => [...new Set(texts)].slice(0, 15).join(', ');
