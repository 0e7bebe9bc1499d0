// Writes the types of the package: what its entries reach and no more, and beside them the types that they need of zod.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { EXPORTED, PEERS, ROOT } from './entries.ts';

const OUT = join(ROOT, 'dist/types');

/** Bundled packages whose types ours are made of: their declarations, and where these go within the types. */
const VENDORED: Readonly<Record<string, { readonly file: string; readonly at: string }>> = {
  zod: { file: join(ROOT, 'node_modules/zod/index.d.ts'), at: 'vendor/zod' },
};

/** At the beginning of a line, or as the type `import('…')`; comments have neither. */
const SPECIFIER = /(^(?:import|export|\})[^'"\n]* from |^import |\bimport\()(['"])([^'"\n]+)\2/gm;

/** Its types have streams, signals and addresses; whoever has no types of Node is told so first. */
const NODE_TYPES = '/// <reference types="node" />\n';

const run = promisify(execFile);

/** Throws where an entry has types of a package that is neither bundled nor a peer. */
export async function writeDeclarations(): Promise<void> {
  const declared = await mkdtemp(join(tmpdir(), 'declarations-'));
  try {
    const tsc = join(ROOT, 'node_modules/.bin/tsc');
    const options = ['--emitDeclarationOnly', '--noCheck', '--outDir', declared]; // checked by `npm run types`
    await run(tsc, ['-p', join(ROOT, 'src/tsconfig.json'), ...options]);
    gather(declared);
  } finally {
    await rm(declared, { recursive: true });
  }
}

/** Writes the entries and all that they import, with imports that hold where they come to lie. */
function gather(declared: string): void {
  const placeOf = (file: string): string => join(OUT, vendoredPlace(file) ?? relative(declared, file));
  const entries = EXPORTED.map((name) => join(declared, `${name}.d.ts`));
  const files = new Set(entries);
  for (const file of files) {
    const place = placeOf(file);
    const text = readFileSync(file, 'utf8').replace(SPECIFIER, (whole, word: string, quote: string, name: string) => {
      if (PEERS.some((peer) => name === peer || name.startsWith(`${peer}/`)) || name.startsWith('node:')) return whole;
      const target = name.startsWith('.') ? declarationOf(resolve(dirname(file), name)) : VENDORED[name]?.file;
      if (target === undefined) throw new Error(`${place} has types of ${name}, which its users do not have`);
      files.add(target);
      const path = relative(dirname(place), placeOf(target)).replace(/\.d\.ts$/, '.js');
      return `${word}${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`;
    });
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, entries.includes(file) ? `${NODE_TYPES}${text}` : text);
  }
}

const declarationOf = (module: string): string => module.replace(/(?<!\.d)\.[jt]s$/, '.d.ts');

/** Where a vendored declaration lies within the types; undefined for ours. */
function vendoredPlace(file: string): string | undefined {
  for (const { file: entry, at } of Object.values(VENDORED)) {
    const folder = dirname(entry);
    if (file.startsWith(`${folder}/`)) return join(at, relative(folder, file));
  }
  return undefined;
}
