// How many files this process may hold open, so that connections leave some to admin.
import { readTextFileSync } from '../base/text-file.ts';

/** Descriptors kept back from the upstream, for admin, files and the process itself. */
export const RESERVED_FILES = 256;
/** Fewer connections are no upstream: a browser opens six, a pool ten and more. */
export const MIN_CONNECTIONS = 64;
/** Where the limit cannot be read: the customary soft limit. */
const DEFAULT_LIMIT = 1024;
/** A limit above this says nothing about what the machine can carry. */
const MAX_LIMIT = 1_000_000;

/** What the system says of a process takes one page. */
const MAX_LIMITS_BYTES = 65_536;

/** The soft limit on open files. */
export function openFileLimit(): number {
  try {
    return parseLimit(readTextFileSync('/proc/self/limits', MAX_LIMITS_BYTES));
  } catch {
    return DEFAULT_LIMIT;
  }
}

export function parseLimit(limits: string): number {
  const soft = /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  if (soft === 'unlimited') return MAX_LIMIT;
  return soft === undefined ? DEFAULT_LIMIT : Math.min(MAX_LIMIT, Number(soft));
}
