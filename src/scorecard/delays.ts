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

/** What those miss who look for delays, in words: `what` they need, and why what was tried again has none. */
export function delaysNeeded(what: string, retried: readonly Trace[]): string {
  const countOf = (fits: (before: Attempt, next: Attempt) => boolean): number =>
    retried.filter(({ attempts }) =>
      attempts.some((next, place) => place > 0 && fits(attempts[place - 1] as Attempt, next)),
    ).length;
  const beside = countOf(isBeside);
  const asked = countOf((before, next) => before.retryAfterMs !== null && !isBeside(before, next));
  return [
    `${what} are needed ${asked > 0 ? 'whose delays no answer asked for' : 'that can be told apart'}.`,
    ...(asked > 0
      ? [`${asked} operations were tried again after an answer with Retry-After: such delays do not count.`]
      : []),
    ...(beside > 0
      ? [
          `${beside} operations were tried again while a try of them was still open: how long they waited cannot be told, unless what is given up is aborted.`,
        ]
      : []),
  ].join(' ');
}

/** All delays before the `k`th retry, counted from 0. */
export const delaysAt = (all: readonly Delays[], k: number): number[] =>
  all.map((delays) => delays[k]).filter((delay) => delay !== undefined);

/** Those before the first retry, the second and so on, of which there are so many at least. */
export const delaysByRetry = (all: readonly Delays[], least: number): number[][] =>
  Array.from({ length: greatest(all.map(({ length }) => length)) }, (_, k) => delaysAt(all, k)).filter(
    ({ length }) => length >= least,
  );
