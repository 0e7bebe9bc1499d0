// Bundles the command, and builds the page, from the sources once before the tests that need them; stripped and loaded file by file, every start costs twice that.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { bundleInput, bundleOutput } from '../../build/bundling.ts';
import { ROOT } from './shipped.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the package that the tests of this run start. */
    readonly commandPackage: string;
  }
}

/** Programs of tests, by their names. */
const PROGRAMS = ['abandons-and-stops'];

/** New for every run, so that no test ever meets an older bundle, and two runs do not meet each other's. */
export async function setup(project: TestProject): Promise<() => void> {
  const parent = join(ROOT, 'node_modules/.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'command-'));
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'faults'), join(folder, 'faults'));
  await Promise.all([bundle(join(folder, 'dist')), buildPage(join(folder, 'dist/page'))]);
  project.provide('commandPackage', folder);
  project.onTestsRerun(() => bundle(join(folder, 'dist')));
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** In the environment of a user, and not of a test. */
async function buildPage(outDir: string): Promise<void> {
  await build({
    root: join(ROOT, 'src/dashboard/page'),
    configFile: join(ROOT, 'vite.config.ts'),
    mode: 'production',
    logLevel: 'warn',
    build: { outDir },
  });
}

async function bundle(dir: string): Promise<void> {
  const programs = PROGRAMS.map((name) => [name, join(ROOT, `test/support/${name}.ts`)]);
  const bundling = await rolldown({ ...bundleInput, input: { ...bundleInput.input, ...Object.fromEntries(programs) } });
  await bundling.write({ ...bundleOutput, dir });
  await bundling.close();
}
