// How long a client waits between an attempt that failed and its next try, where it chose that itself.
import type { Attempt } from './evidence.ts';
import { greatest } from './statistics.ts';
import { hasFailed, type Trace } from './trace.ts';

/** An end may be noted so much later than the client had it. */
export const NOTED_MS = 50;
/** A delay that is shorter is none: the next try comes at once. */
export const NONE_MS = 10;

/**
 * The delays of one operation, in milliseconds: of the first retry, the second and so on; undefined where an answer asked
 * for it, or where the try before was left open, so that nobody can tell when it was given up.
 */
export type Delays = readonly (number | undefined)[];

/** Of operations that were tried again. */
export const delaysOf = (retried: readonly Trace[]): Delays[] =>
  retried.map(({ attempts }) =>
    attempts.slice(1).map((attempt, place) => {
      const before = attempts[place];
      if (!before || isBeside(before, attempt) || before.retryAfterMs !== null || !hasFailed(before)) return undefined;
      return Math.max(0, attempt.at - (before.endedAt as number));
    }),
  );

/** It had not ended when the next one came. */
export const isBeside = (before: Attempt, next: Attempt): boolean => next.at < knownOverFrom(before);

/** From when on its client may have known how it ended. */
export const knownOverFrom = ({ endedAt }: Attempt): number =>
  endedAt === null ? Number.POSITIVE_INFINITY : endedAt - NOTED_MS;

/** What those miss who look for delays, in words; nothing where every try had ended before the next. */
export function whyNoDelays(retried: readonly Trace[]): string {
  const beside = retried.filter(({ attempts }) =>
    attempts.some((attempt, place) => place > 0 && isBeside(attempts[place - 1] as Attempt, attempt)),
  );
  if (beside.length === 0) return '';
  return ` ${beside.length} operations were tried again while a try of them was still open: how long they waited cannot be told, unless what is given up is aborted.`;
}

/** All delays before the `k`th retry, counted from 0. */
export const delaysAt = (all: readonly Delays[], k: number): number[] =>
  all.map((delays) => delays[k]).filter((delay) => delay !== undefined);

/** Those before the first retry, the second and so on, of which there are so many at least. */
export const delaysByRetry = (all: readonly Delays[], least: number): number[][] =>
  Array.from({ length: greatest(all.map(({ length }) => length)) }, (_, k) => delaysAt(all, k)).filter(
    ({ length }) => length >= least,
  );
