// Parses YAML into plain values, bounded, and knows the line of each of them.
import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  visit,
  YAMLParseError,
} from 'yaml';
import { excessOf, MAX_VALUES, TOO_DEEP } from './extent.ts';

/** Aliases may multiply a small text into a large value. */
const MAX_ALIASES = 100;

/** The line of a value, and of those within it by member or index. */
export interface Lines {
  readonly line: number;
  readonly inner?: ReadonlyMap<string, Lines>;
}

/** A text as plain values; it can be sent to another thread. */
export interface Parsed {
  readonly raw: unknown;
  readonly lines: Lines;
}

/** Why a text is no document of ours. */
export interface Unreadable {
  readonly wrong: { readonly line: number; readonly message: string };
}

/** Takes time in proportion to the text, some microseconds for each byte of a hostile one. */
export function parseYaml(text: string, maxValues = MAX_VALUES): Parsed | Unreadable {
  const lines = new LineCounter();
  const unreadable = (offset: number, message: string): Unreadable => ({
    wrong: { line: lines.linePos(offset).line, message },
  });
  try {
    // keys are compared below: the parser would compare each with all others
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    const [wrong] = document.errors;
    if (wrong) return unreadable(wrong.pos[0], saidOf(wrong));
    const twin = repeatedKey(document);
    if (twin !== undefined) return unreadable(twin, 'is not YAML: Map keys must be unique');
    const raw: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    const excess = excessOf(raw, maxValues);
    return excess === undefined ? { raw, lines: linesOf(document.contents, lines) } : unreadable(0, excess);
  } catch (error) {
    return unreadable(0, saidOf(error));
  }
}

/** The parser speaks to programmers in some places; these are said to who writes the document. */
function saidOf(error: unknown): string {
  if (isStackOverflow(error)) return TOO_DEEP;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof YAMLParseError && error.code === 'MULTIPLE_DOCS')
    return 'holds more than one document: only one may stand in it, so leave out what begins at this line';
  if (message.startsWith('Excessive alias count'))
    return `repeats too much by its aliases (*name): they may make at most ${MAX_ALIASES} copies of a value`;
  return `is not YAML: ${message}`;
}

/** The parser calls itself for what is within. */
const isStackOverflow = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Maximum call stack');

/** Where the first key is that its map has already. */
function repeatedKey(document: Document.Parsed<ParsedNode>): number | undefined {
  let found: number | undefined;
  visit(document, {
    Map(_key, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          found = key.range?.[0] ?? 0;
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

function linesOf(node: unknown, counter: LineCounter): Lines {
  const line = isNode(node) && node.range ? counter.linePos(node.range[0]).line : 1;
  if (isMap(node))
    return { line, inner: new Map(node.items.map(({ key, value }) => [keyOf(key), linesOf(value ?? key, counter)])) };
  if (!isSeq(node)) return { line };
  return { line, inner: new Map(node.items.map((item, index) => [String(index), linesOf(item, counter)])) };
}

const keyOf = (key: unknown): string => String(isScalar(key) ? key.value : key);

/** The line of a path, or of the nearest thing above it that is there. */
export function lineAt(lines: Lines, path: readonly PropertyKey[]): number {
  let here = lines;
  for (const part of path) {
    const inner = here.inner?.get(String(part));
    if (!inner) break;
    here = inner;
  }
  return here.line;
}
