// Where the bundle of this run lies, as `command-package.ts` made it, and what its processes are given.
import { join } from 'node:path';
import { inject } from 'vitest';
import { MACHINE_ENV } from './machine-env.ts';

const bundled = (name: string): string => join(inject('commandPackage'), 'dist', `${name}.js`);

export const MAIN = bundled('bin/main');
export const HEALTH_CHECK = bundled('cli/health-check');
/** What the package exports. */
export const INDEX = bundled('index');
export const ABANDONS_AND_STOPS = bundled('abandons-and-stops');

/** Compiled code goes with the bundle: Node knows it by its path, which is another in every run. */
export const BUNDLED_ENV = { ...MACHINE_ENV, NODE_COMPILE_CACHE: join(inject('commandPackage'), 'compiled') } as const;
