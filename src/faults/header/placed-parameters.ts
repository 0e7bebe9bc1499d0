// Parameters of a header as those of a kind: `uniform.min` is a field in a field, `retry-after` is retryAfter, `fields.0` is in a list.
import { z } from 'zod';
import type { Mistake } from '../../base/mistake.ts';
import { nearest } from '../../base/nearest.ts';
import { keysAt, optionsOf, schemaAt } from '../../base/schema-walk.ts';
import type { FaultItem } from './fault-items.ts';

/** A place in a list, counted from 0; no list of a kind is longer. */
const LIST_PLACE = /^\d{1,3}$/;
const MAX_SHOWN = 80;

type Path = readonly PropertyKey[];
type Parts = Record<PropertyKey, unknown>;

export interface Placed {
  readonly params: Readonly<Record<string, unknown>>;
  /** Paths are keys as they are written. */
  readonly mistakes: readonly Mistake[];
}

/** `besides` are keys that may stand there too, and are no parameters of the kind. */
export function placeParameters(
  parameters: FaultItem['parameters'],
  schema: z.ZodType,
  besides: readonly string[] = [],
): Placed {
  const params: Parts = {};
  const mistakes: Mistake[] = [];
  for (const [key, value] of parameters) {
    const path = pathOf(key, schema, besides);
    const message = typeof path === 'string' ? path : put(params, schema, path, value);
    if (message !== undefined) mistakes.push({ path: key, message });
  }
  return { params, mistakes };
}

/** Whether a key, or the first part of one, is the name of a parameter. */
export const isParameter = (key: string, schema: z.ZodType): boolean =>
  keysAt(schema, []).some((name) => writtenKey(name) === key);

/** A path in a kind's parameters, as it is written in a header. */
export const writtenPath = (path: Path): string =>
  path.map((part) => (typeof part === 'number' ? String(part) : writtenKey(String(part)))).join('.');

const writtenKey = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Where it belongs, or what is wrong with it. */
function pathOf(key: string, schema: z.ZodType, besides: readonly string[]): Path | string {
  const path: PropertyKey[] = [];
  for (const part of key.split('.')) {
    if (isList(schema, path)) {
      if (!LIST_PLACE.test(part)) return listItems(path);
      path.push(Number(part));
      continue;
    }
    const known = keysAt(schema, path);
    const name = known.find((one) => writtenKey(one) === part);
    if (name === undefined)
      return unknownParameter(
        key,
        known.map((one) => writtenPath([...path, one])).concat(path.length === 0 ? besides : []),
      );
    path.push(name);
  }
  return partsMissing(schema, path) ?? path;
}

/** A list, or an object, has no value of its own. */
function partsMissing(schema: z.ZodType, path: Path): string | undefined {
  const options = optionsOf(schemaAt(schema, path));
  if (options.every((option) => option instanceof z.ZodArray)) return listItems(path);
  if (!options.every((option) => option instanceof z.ZodObject)) return undefined;
  return `is written in parts: ${keysAt(schema, path)
    .map((name) => writtenPath([...path, name]))
    .join(', ')}`;
}

const listItems = (path: Path): string =>
  `is a list: its items are written ${writtenPath([...path, 0])}, ${writtenPath([...path, 1])} …`;

const isList = (schema: z.ZodType, path: Path): boolean =>
  optionsOf(schemaAt(schema, path)).some((option) => option instanceof z.ZodArray);

function unknownParameter(key: string, allowed: readonly string[]): string {
  if (allowed.length === 0) return 'unknown parameter: nothing can be given there';
  const close = nearest(key.slice(0, MAX_SHOWN), allowed);
  return `unknown parameter; allowed: ${allowed.join(', ')}${close === undefined ? '' : `; did you mean ${close}?`}`;
}

/** Puts a value at its place, with all that leads there; gives what keeps it from it. */
function put(params: Parts, schema: z.ZodType, path: Path, value: unknown): string | undefined {
  let here: Parts = params;
  for (const [at, part] of path.slice(0, -1).entries()) {
    here[part] ??= isList(schema, path.slice(0, at + 1)) ? [] : {};
    if (typeof here[part] !== 'object') return `${writtenPath(path.slice(0, at + 1))} is given already, as a value`;
    here = here[part] as Parts;
  }
  const last = path.at(-1) as PropertyKey;
  if (here[last] !== undefined) return 'is given already, in parts';
  here[last] = value;
  return undefined;
}
