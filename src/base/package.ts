// Where this package lies and what it is, whether it runs from sources, built, or bundled.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with our package.json, nearest above this file; not by `import.meta.dirname`, which Jest 29 does not know. */
export const PACKAGE_ROOT: string = rootAbove(dirname(fileURLToPath(import.meta.url)));

/** A module of ours that runs in a process or thread of its own, as we run: from the sources, or as built. */
export const moduleFile = (name: string): string =>
  import.meta.url.endsWith('.ts') ? join(PACKAGE_ROOT, 'src', `${name}.ts`) : join(PACKAGE_ROOT, 'dist', `${name}.js`);

/** The fault profiles and scenarios that come with the package. */
export const SHIPPED_FAULTS: string = join(PACKAGE_ROOT, 'faults');

export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string }).version;
}

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('this file lies in no package');
  return rootAbove(above);
}
