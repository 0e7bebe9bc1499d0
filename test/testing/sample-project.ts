// A user's project in a folder of its own, with this package and a runner among its modules, run as a process.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';
import { BUNDLED_ENV } from '../support/bundled.ts';
import { ROOT } from '../support/shipped.ts';

export interface Ran {
  readonly status: number;
  /** Of both streams, without colours. */
  readonly out: string;
}

export interface SampleProject {
  readonly folder: string;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  remove(): void;
}

/** A runner that hangs is ended after this. */
const MAX_RUN_MS = 110_000;

/** `files` are texts by their names; `modules` are those of this clone that it may import. */
export function sampleProject(files: Readonly<Record<string, string>>, modules: readonly string[]): SampleProject {
  const folder = mkdtempSync(join(tmpdir(), 'project-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'shop', type: 'module' }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const link = (name: string, to: string): void => {
    const at = join(folder, 'node_modules', name);
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(to, at);
  };
  link('showstopper', inject('commandPackage'));
  for (const name of modules) link(name, join(ROOT, 'node_modules', name));
  return {
    folder,
    run: (args, env = {}) =>
      new Promise((resolve) => {
        const child = { cwd: folder, env: { ...BUNDLED_ENV, NO_COLOR: '1', CI: '1', ...env }, timeout: MAX_RUN_MS };
        execFile(process.execPath, args, child, (error, out, err) =>
          resolve({ status: error ? Number(error.code ?? -1) : 0, out: out + err }),
        );
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Text of a file of `samples/`. */
export const sample = (name: string): string => readFileSync(new URL(`./samples/${name}.ts`, import.meta.url), 'utf8');

/** The same without its types, for a runner that knows none. */
export const untyped = (name: string): string => stripTypeScriptTypes(sample(name)).replaceAll(".ts'", ".js'");

/** Path of a runner's program. */
export const program = (path: string): string => join(ROOT, 'node_modules', path);
