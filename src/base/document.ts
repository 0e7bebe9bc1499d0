// Reads a YAML (or JSON) document against a schema; a mistake comes with file and line.
import { isNode, LineCounter, parseDocument, type Document as YamlDocument } from 'yaml';
import type { z } from 'zod';
import { type Mistake, mistakesOf, readPath } from './mistake.ts';

/** One document is at most this long; more is refused before it is parsed. */
export const MAX_DOCUMENT_BYTES = 1_048_576;
/** Aliases may multiply a small text into a large value. */
const MAX_ALIASES = 100;

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

/** Parses and checks; gives either the value or everything that is wrong with it. */
export function readDocument<Value>(text: string, schema: z.ZodType<Value>, file: string): Read<Value> {
  if (Buffer.byteLength(text) > MAX_DOCUMENT_BYTES)
    return { mistakes: [{ file, line: 1, path: '', message: `is longer than ${MAX_DOCUMENT_BYTES} bytes` }] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [wrong] = document.errors;
  if (wrong)
    return {
      mistakes: [{ file, line: lines.linePos(wrong.pos[0]).line, path: '', message: `is not YAML: ${wrong.message}` }],
    };
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    return { mistakes: [{ file, line: 1, path: '', message: error instanceof Error ? error.message : String(error) }] };
  }
  const lineOf = (path: readonly PropertyKey[]): number => lineAt(document, lines, path);
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

/** The line of a path, or of the nearest thing above it that is there. */
function lineAt(document: YamlDocument, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
