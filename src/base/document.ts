// Reads a YAML (or JSON) document against a schema; a mistake comes with file and line.
import type { z } from 'zod';
import { MAX_VALUES } from './extent.ts';
import { hiddenFields } from './hidden-fields.ts';
import { capped, MAX_MISTAKES, type Mistake, mistakesOf, readPath } from './mistake.ts';
import { lineAt, type Parsed, parseYaml, type Unreadable } from './yaml.ts';

/** One document is at most this long; more is refused before it is parsed. */
export const MAX_DOCUMENT_BYTES = 1_048_576;

export interface PlacedMistake extends Mistake {
  readonly file: string;
  readonly line: number;
}

/** A document that could be read, as it is written. */
export interface Source {
  readonly raw: unknown;
  lineOf(path: readonly PropertyKey[]): number;
}

export type Read<Value> =
  | (Source & { readonly value: Value })
  /** `source` unset: it is no document at all, and nothing in it can be looked at. */
  | { readonly mistakes: readonly PlacedMistake[]; readonly source?: Source };

/** `FILE:LINE PATH: what is wrong, what is allowed`. */
export function showMistake({ file, line, path, message }: PlacedMistake): string {
  return `${file}:${line}${path ? ` ${path}` : ''}: ${message}`;
}

/** Checks a text, or what it was parsed to before; gives either the value or what is wrong with it. */
export function readDocument<Value>(
  source: string | Parsed | Unreadable,
  schema: z.ZodType<Value>,
  file: string,
  maxValues = MAX_VALUES,
): Read<Value> {
  const parsed = typeof source === 'string' ? parseBounded(source, maxValues) : source;
  if ('wrong' in parsed) return { mistakes: [{ file, path: '', ...parsed.wrong }] };
  const { raw, lines } = parsed;
  const lineOf = (path: readonly PropertyKey[]): number => lineAt(lines, path);
  const checked = schema.safeParse(raw, { reportInput: true });
  const hidden = capped(hiddenFields(raw));
  if (checked.success && hidden.length === 0) return { value: checked.data, raw, lineOf };
  const found = [...hidden, ...(checked.error ? mistakesOf(checked.error, schema) : [])];
  const mistakes = found.map((mistake) => ({ file, line: lineOf(readPath(mistake.path)), ...mistake }));
  return { mistakes, source: { raw, lineOf } };
}

/** Mistakes that are put in order; there are a few more than are told. */
const MAX_SAID = 1000;

/** What is wrong with the form of a document, and with what it says beside that; each place once, in the order of lines. */
export function together(form: readonly PlacedMistake[], said: readonly PlacedMistake[]): PlacedMistake[] {
  if (form.length > MAX_MISTAKES) return [...form]; // capped already
  const places = new Set(form.map(({ path }) => path));
  const isKnown = ({ path }: PlacedMistake): boolean =>
    [...places].some(
      (place) => place !== '' && (path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`)),
    );
  const last = said.at(-1);
  const unseen = last?.path === '' && said.length > MAX_MISTAKES ? [last] : [];
  const found = said.slice(0, unseen.length > 0 ? -1 : undefined).slice(0, MAX_SAID);
  const all = [...form, ...found.filter((mistake) => !isKnown(mistake))];
  const told = all.sort((one, other) => one.line - other.line);
  return unseen.length > 0 ? [...told.slice(0, MAX_MISTAKES), ...unseen] : capped(told);
}

function parseBounded(text: string, maxValues: number): Parsed | Unreadable {
  if (Buffer.byteLength(text) <= MAX_DOCUMENT_BYTES) return parseYaml(text, maxValues);
  return { wrong: { line: 1, message: `is longer than ${MAX_DOCUMENT_BYTES} bytes` } };
}
