// What is bundled: each entry that package.json exports, and each program that runs in a process or thread of its own.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export const ROOT: string = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const manifest = createRequire(import.meta.url)('../package.json') as Manifest;

/** Names of the entries, as `index` for `src/index.ts`, which becomes `dist/index.js`. */
export const EXPORTED: readonly string[] = Object.values(manifest.exports).flatMap((entry) => {
  const name = typeof entry === 'string' ? undefined : /^\.\/dist\/([\w-]+)\.js$/.exec(entry.default)?.[1];
  return name === undefined ? [] : [name];
});

/** What an entry takes from its user's project, and is not bundled. */
export const PEERS: readonly string[] = Object.keys(manifest.peerDependencies ?? {});

/** Name in `dist` to the source. */
export const PROGRAMS: Readonly<Record<string, string>> = {
  'bin/main': 'cli/main',
  'cli/health-check': 'cli/health-check',
  'base/yaml-worker': 'base/yaml-worker',
  'scorecard/scoring-thread': 'scorecard/scoring-thread',
  'wire/helpers/flood': 'wire/helpers/flood',
  'wire/helpers/dark-door': 'wire/helpers/dark-door',
};

/** The input of a bundle, by names in `dist`. */
export const INPUT: Readonly<Record<string, string>> = Object.fromEntries([
  ...EXPORTED.map((name) => [name, `${ROOT}/src/${name}.ts`]),
  ...Object.entries(PROGRAMS).map(([name, source]) => [name, `${ROOT}/src/${source}.ts`]),
]);
