// What a process that a test starts has from this machine, and nothing more: it must not meet settings of whoever runs the tests.
import { join } from 'node:path';
import { ROOT } from './shipped.ts';

export const MACHINE_ENV = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  /** Hundreds of processes load the same code: it is stripped of types and compiled once. */
  NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/node-compile'),
} as const;
