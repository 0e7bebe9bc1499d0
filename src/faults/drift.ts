// What becomes of JSON when its schema changes under its readers.

export const DRIFTS = ['rename', 'drop', 'retype', 'null'] as const;
export type Drift = (typeof DRIFTS)[number];

/** Every field of a document as a dotted path, once, in the order they occur; arrays are seen through. */
export function fieldsIn(value: unknown): string[] {
  const paths = new Set<string>();
  const walk = (part: unknown, at: string): void => {
    if (Array.isArray(part)) for (const item of part) walk(item, at);
    else if (isObject(part))
      for (const [name, inner] of Object.entries(part)) {
        const path = at === '' ? name : `${at}.${name}`;
        paths.add(path);
        walk(inner, path);
      }
  };
  walk(value, '');
  return [...paths];
}

/** The document with every field changed whose path is, or ends with, one of these. */
export function drifted(value: unknown, drift: Drift, fields: readonly string[], at = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => drifted(item, drift, fields, at));
  if (!isObject(value)) return value;
  const pairs = Object.entries(value).flatMap(([name, inner]) => {
    const path = at === '' ? name : `${at}.${name}`;
    const within = drifted(inner, drift, fields, path);
    return isMeant(path, fields) ? CHANGES[drift](name, within) : [[name, within] as Pair];
  });
  return Object.fromEntries(pairs);
}

type Pair = readonly [name: string, value: unknown];

const CHANGES: Readonly<Record<Drift, (name: string, value: unknown) => Pair[]>> = {
  rename: (name, value) => [[renamed(name), value]],
  drop: () => [],
  retype: (name, value) => [[name, retyped(value)]],
  null: (name) => [[name, null]],
};

/** Whether one of these is the path, or its end. */
export const isMeant = (path: string, fields: readonly string[]): boolean =>
  fields.some((field) => path === field || path.endsWith(`.${field}`));

/** In the other fashion, or as a second edition where both fashions write it alike. */
function renamed(name: string): string {
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return snake === name ? `${name}_v2` : snake;
}

/** The same thing as another type: numbers and truths become text, single things lists, and lists objects. */
function retyped(value: unknown): unknown {
  if (value === null) return '';
  if (Array.isArray(value)) return { items: value };
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return [value];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
