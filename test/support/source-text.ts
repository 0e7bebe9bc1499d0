// Source files as the architecture test reads them: their lines, their imports, and their code without words.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

export interface SourceFile {
  /** From the project's root, with slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  /** As written. */
  readonly from: string;
  readonly line: number;
  /** Gone when the program runs. */
  readonly typeOnly: boolean;
}

const CODE_FILE = /\.(?:ts|tsx|mts)$/;

/** Every code file below a folder of the project, those of packages aside. */
export function readSources(root: string, folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && CODE_FILE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('/node_modules/'))
    .sort()
    .map((file) => ({ path: posix.relative(root, file), text: readFileSync(file, 'utf8') }));
}

/** Entries of the package at the root of src which belong to a room of another name. */
const ROOM_OF_ENTRY: Readonly<Record<string, string>> = {
  jest: 'testing',
  'node-test': 'testing',
  playwright: 'testing',
  testcontainers: 'testing',
  vitest: 'testing',
};

/** First folder of src, or what the root file is called without its ending, unless it belongs to another. */
export function roomOf(path: string): string {
  const [first = '', ...rest] = path.replace(/^src\//, '').split('/');
  if (rest.length > 0) return first;
  const name = first.replace(CODE_FILE, '');
  return ROOM_OF_ENTRY[name] ?? name;
}

export const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

const TOKENS =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|(?<=[(,=:[!&|?{};\n]\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g;

const blanked = (text: string): string => text.replace(/[^\n]/g, ' ');

/** The code with its comments blanked, and also its strings and patterns; every line keeps its number. */
export function codeOnly(text: string, keep: 'strings' | 'nothing' = 'nothing'): string {
  return text.replace(TOKENS, (token) => {
    const comment = token.startsWith('//') || token.startsWith('/*');
    if (!comment && keep === 'strings') return token;
    if (token.startsWith('`')) return token.replace(/(^|\})(?:\\.|[^\\])*?(?=\$\{|$)/g, blanked);
    return blanked(token);
  });
}

const STATIC = /^\s*(?:import|export)\b\s*(type\b(?!\s*from\b|\s*,))?\s*(?:([\w*\s{},$]*?)\bfrom\s*)?'([^']+)'/gm;
const DYNAMIC = /\b(typeof\s+)?import\(\s*'([^']+)'\s*\)/g;

/** All imports and re-exports, also those written as a call. */
export function importsOf(text: string): Import[] {
  const code = codeOnly(text, 'strings');
  const found: Import[] = [];
  for (const { index, 0: whole, 1: type, 2: names, 3: from } of code.matchAll(STATIC)) {
    const line = lineAt(code, index + whole.search(/\S/));
    found.push({ from: from ?? '', line, typeOnly: Boolean(type) || onlyTypes(names) });
  }
  for (const { index, 1: type, 2: from } of code.matchAll(DYNAMIC))
    found.push({ from: from ?? '', line: lineAt(code, index), typeOnly: Boolean(type) });
  return found;
}

function onlyTypes(names: string | undefined): boolean {
  const list = /^\{([^}]*)\}\s*$/
    .exec(names?.trim() ?? '')?.[1]
    ?.split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return list !== undefined && list.length > 0 && list.every((name) => name.startsWith('type '));
}

/** The file a relative import leads to, from the project's root. */
export const resolveImport = (from: string, importer: string): string =>
  posix.normalize(posix.join(posix.dirname(importer), from));

export interface FunctionSpan {
  readonly line: number;
  readonly lines: number;
}

const OPENS =
  /^(\s*)(?!.*\b(?:class|interface|namespace|enum)\b[^(]*\{$)(?:.*\bfunction\b.*|.*=>|(?!if\b|for\b|while\b|switch\b|catch\b|do\b|else\b|try\b|return\b|\})(?:(?:async|static|override|get|set|public)\s+)*[#*\w[\].]+(?:<.*>)?\(.*\).*|\)(?::.*)?(?:\s*=>)?)\s*\{$/;

/** Functions of more than one line with their own lines, without those of the functions within them. */
export function functionsOf(text: string): FunctionSpan[] {
  const spans = wholeFunctions(text);
  const endOf = ({ line, lines }: FunctionSpan): number => line + lines;
  return spans.map((span) => {
    const within = spans.filter((other) => other.line > span.line && endOf(other) <= endOf(span));
    const outermost = within.filter(
      (one) => !within.some((other) => other.line < one.line && endOf(other) >= endOf(one)),
    );
    return { line: span.line, lines: outermost.reduce((left, { lines }) => left - lines, span.lines) };
  });
}

/** Found by the formatter's indentation. */
function wholeFunctions(text: string): FunctionSpan[] {
  const lines = codeOnly(text)
    .split('\n')
    .map((line) => line.trimEnd());
  return lines.flatMap((line, index) => {
    const indent = OPENS.exec(line)?.[1];
    if (indent === undefined) return [];
    const end = lines.findIndex((later, at) => at > index && later.startsWith(`${indent}}`));
    const start = line.trimStart().startsWith(')') ? signatureStart(lines, index, indent) : index;
    return end < 0 || start === undefined ? [] : [{ line: start + 1, lines: end - start + 1 }];
  });
}

/** Where a signature over several lines begins; undefined when it is the condition of a statement. */
function signatureStart(lines: readonly string[], end: number, indent: string): number | undefined {
  for (let at = end - 1; at >= 0; at--) {
    const line = lines[at] ?? '';
    if (!line.startsWith(indent) || /\s/.test(line[indent.length] ?? ' ')) continue;
    return /^\s*(?:if|for|while|switch|catch|\})\b/.test(line) ? undefined : at;
  }
  return undefined;
}
