// How many files this process may hold open, so that connections leave some to admin.
import { readFileSync } from 'node:fs';

/** Descriptors kept back from the upstream, for admin, files and the process itself. */
export const RESERVED_FILES = 256;
/** Where the limit cannot be read: the customary soft limit. */
const CUSTOMARY_LIMIT = 1024;
/** A limit above this says nothing about what the machine can carry. */
const MOST = 1_000_000;

/** The soft limit on open files. */
export function openFileLimit(): number {
  try {
    return parseLimit(readFileSync('/proc/self/limits', 'utf8'));
  } catch {
    return CUSTOMARY_LIMIT;
  }
}

export function parseLimit(limits: string): number {
  const soft = /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  if (soft === 'unlimited') return MOST;
  return soft === undefined ? CUSTOMARY_LIMIT : Math.min(MOST, Number(soft));
}
