// Reads a YAML (or JSON) document against a schema; a mistake comes with file and line.
import type { z } from 'zod';
import { MAX_VALUES } from './extent.ts';
import { type Mistake, mistakesOf, readPath } from './mistake.ts';
import { lineAt, type Parsed, parseYaml, type Unreadable } from './yaml.ts';

/** One document is at most this long; more is refused before it is parsed. */
export const MAX_DOCUMENT_BYTES = 1_048_576;

export interface PlacedMistake extends Mistake {
  readonly file: string;
  readonly line: number;
}

export type Read<Value> =
  | { readonly value: Value; readonly raw: unknown; lineOf(path: readonly PropertyKey[]): number }
  | { readonly mistakes: readonly PlacedMistake[] };

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
  if (checked.success) return { value: checked.data, raw, lineOf };
  return {
    mistakes: mistakesOf(checked.error, schema).map((mistake) => ({
      file,
      line: lineOf(readPath(mistake.path)),
      ...mistake,
    })),
  };
}

function parseBounded(text: string, maxValues: number): Parsed | Unreadable {
  if (Buffer.byteLength(text) <= MAX_DOCUMENT_BYTES) return parseYaml(text, maxValues);
  return { wrong: { line: 1, message: `is longer than ${MAX_DOCUMENT_BYTES} bytes` } };
}
