// Where the bundle of this run lies, as `command-package.ts` made it.
import { join } from 'node:path';
import { inject } from 'vitest';

const bundled = (name: string): string => join(inject('commandPackage'), 'dist', `${name}.js`);

export const MAIN = bundled('cli/main');
export const HEALTH_CHECK = bundled('cli/health-check');
