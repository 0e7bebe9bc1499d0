// The licences of all packages that a bundle contains, gathered into one file beside it, as they ask for.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'rolldown';

const FILE = 'third-party-licences.txt';
const LICENCE = /^(licen[cs]e|notice|copying)([-.].*)?$/i;
const RULE = `\n\n${'-'.repeat(80)}\n\n`;

/** A package without a licence file gets the name of its licence; one that says none fails the build. */
export function licences(): Plugin {
  return {
    name: 'licences',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
      const folders = [...new Set(modules.flatMap((id) => packageOf(id) ?? []))].sort();
      this.emitFile({ type: 'asset', fileName: FILE, source: `${folders.map(licenceOf).join(RULE)}\n` });
    },
  };
}

/** The folder of the package that a module belongs to; undefined for our own and for what the bundler made. */
function packageOf(id: string): string | undefined {
  return /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
}

function licenceOf(folder: string): string {
  const { name, version, license } = manifestOf(folder);
  const texts = readdirSync(folder)
    .filter((file) => LICENCE.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (license === undefined && texts.length === 0) throw new Error(`${name} is bundled, and has no licence`);
  return [`${name} ${version} (${license ?? 'see below'})`, ...texts].join('\n\n');
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

function manifestOf(folder: string): Manifest {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return manifestOf(dirname(folder));
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}
