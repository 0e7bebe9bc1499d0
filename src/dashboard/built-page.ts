// The files of the page, as the build left them: read when the first is asked for, and kept.
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { AdminDeps, PageFile } from '../admin/deps.ts';
import { PACKAGE_ROOT } from '../base/package.ts';
import { readTextFileSync } from '../base/text-file.ts';

export const PAGE_FOLDER: string = join(PACKAGE_ROOT, 'dist', 'page');

const INDEX = 'index.html';
const MAX_FILE_BYTES = 4_194_304;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** No path is made from a name that is asked for: what is not in the folder is not there. */
export function builtPage(folder = PAGE_FOLDER): AdminDeps['page'] {
  let files: ReadonlyMap<string, PageFile> | undefined;
  const read = (): ReadonlyMap<string, PageFile> => {
    files ??= new Map([...readFolder(folder), ...readFolder(join(folder, 'assets'))]);
    if (!files.has(INDEX)) files = undefined; // it may be built later
    return files ?? new Map();
  };
  return { index: () => read().get(INDEX), asset: (name) => (name === INDEX ? undefined : read().get(name)) };
}

function readFolder(folder: string): (readonly [string, PageFile])[] {
  return namesIn(folder).flatMap((name) => {
    const type = TYPES[extname(name)];
    if (type === undefined) return [];
    const plain = Buffer.from(readTextFileSync(join(folder, name), MAX_FILE_BYTES));
    return [[name, { type, plain, gzipped: gzipSync(plain) }] as const];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  } catch {
    return [];
  }
}
