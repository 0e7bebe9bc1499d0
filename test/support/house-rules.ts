// The rules of the house as checks over source files: each finding names file, line and the remedy.
import { basename } from 'node:path';
import {
  codeOnly,
  functionsOf,
  type Import,
  importsOf,
  lineAt,
  resolveImport,
  roomOf,
  type SourceFile,
} from './source-text.ts';

/** Room to the rooms it may import; a room written `types:room` lends its types only. */
export type Arrows = Readonly<Record<string, readonly string[]>>;

/** Package to the paths (folder with a slash at its end, or file) that may import it. */
export interface PackageHome {
  readonly names: readonly string[];
  readonly homes: readonly string[];
  /** Types may be taken anywhere but here; unset: types are imports like any other. */
  readonly typesAnywhereBut?: readonly string[];
}

export interface Forbidden {
  readonly pattern: RegExp;
  readonly what: string;
  /** Paths where it is at home. */
  readonly homes: readonly string[];
  readonly remedy: string;
}

const within = (path: string, homes: readonly string[]): boolean =>
  homes.some((home) => (home.endsWith('/') ? path.startsWith(home) : path === home));

const relative = ({ from }: Import): boolean => from.startsWith('.');

export function wrongArrows(files: readonly SourceFile[], arrows: Arrows): string[] {
  return files.flatMap(({ path, text }) => {
    const room = roomOf(path);
    const allowed = arrows[room];
    if (!allowed) return [`${path}:1: room ${room} is not in the table of rooms; add it there with what it may import`];
    return importsOf(text)
      .filter(relative)
      .flatMap(({ from, line, typeOnly }) => {
        const target = roomOf(resolveImport(from, path));
        if (target === room || allowed.includes(target) || (typeOnly && allowed.includes(`types:${target}`))) return [];
        const list = allowed.join(', ') || 'nothing';
        return [
          `${path}:${line}: ${room} may not import ${target} (${from}); it may import: ${list}. Take it as an argument, or move it to a room both may know`,
        ];
      });
  });
}

export function importCycles(files: readonly SourceFile[]): string[] {
  const graph = new Map(files.map(({ path, text }) => [path, edgesOf(path, text)]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const seenAt = trail.indexOf(path);
    if (seenAt >= 0) {
      const [first = path, second = path] = [...trail.slice(seenAt), path];
      const line = graph.get(first)?.get(second) ?? 1;
      cycles.push(
        `${first}:${line}: import cycle ${[...trail.slice(seenAt), path].join(' -> ')}; move what both need to a file below them`,
      );
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path)?.keys() ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return cycles;
}

const edgesOf = (path: string, text: string): Map<string, number> =>
  new Map(
    importsOf(text)
      .filter(relative)
      .map(({ from, line }) => [resolveImport(from, path), line]),
  );

export function strayPackages(files: readonly SourceFile[], homes: readonly PackageHome[]): string[] {
  return files.flatMap(({ path, text }) =>
    importsOf(text).flatMap((imported) => {
      if (relative(imported)) return [];
      const { from, line, typeOnly } = imported;
      const home = homes.find(({ names }) => names.some((name) => from === name || from.startsWith(`${name}/`)));
      if (!home)
        return from.startsWith('node:')
          ? []
          : [`${path}:${line}: package ${from} has no home; add it to the table of packages`];
      if (within(path, home.homes)) return [];
      if (typeOnly && home.typesAnywhereBut && !within(path, home.typesAnywhereBut)) return [];
      return [
        `${path}:${line}: ${from} is at home only in ${home.homes.join(', ')}; use what those offer, or move this there`,
      ];
    }),
  );
}

export function forbiddenWords(files: readonly SourceFile[], words: readonly Forbidden[]): string[] {
  return files.flatMap(({ path, text }) => {
    const code = codeOnly(text);
    return words
      .filter(({ homes }) => !within(path, homes))
      .flatMap(({ pattern, what, remedy }) =>
        [...code.matchAll(pattern)].map(({ index }) => `${path}:${lineAt(code, index)}: ${what}; ${remedy}`),
      );
  });
}

const VAGUE = /^(?:utils?|helpers?|common|misc|shared)\b/;

export function badNames(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path }) => {
    const name = basename(path);
    if (VAGUE.test(name)) return [`${path}:1: says nothing; name the one noun or verb that the file is about`];
    if (!/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/.test(name)) return [`${path}:1: file names are kebab-case`];
    return [];
  });
}

/** The first line of a file, after a shebang, is a comment that says its job. */
export function withoutOpening(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.split('\n');
    const at = lines[0]?.startsWith('#!') ? 1 : 0;
    return /^\/\/ \S.{10,}/.test(lines[at] ?? '')
      ? []
      : [`${path}:${at + 1}: begins without a comment; say the file's job there in one sentence`];
  });
}

export interface Sizes {
  readonly fileLines: number;
  /** A function's own lines; functions within it count for themselves. */
  readonly functionLines?: number;
}

export function tooLong(files: readonly SourceFile[], { fileLines, functionLines }: Sizes): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n').length;
    const file =
      lines > fileLines ? [`${path}:${fileLines}: ${lines} lines, at most ${fileLines}; split off one idea`] : [];
    if (functionLines === undefined) return file;
    const functions = functionsOf(text)
      .filter((span) => span.lines > functionLines)
      .map(
        (span) =>
          `${path}:${span.line}: a function of ${span.lines} lines of its own, at most ${functionLines}; give a part of it a name`,
      );
    return [...file, ...functions];
  });
}
