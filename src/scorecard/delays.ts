// How long a client waits between an attempt that failed and its next try, where it chose that itself.
import { hasFailed, type Trace } from './trace.ts';

/** The delays of one operation, in milliseconds: of the first retry, the second and so on; undefined where an answer asked for it. */
export type Delays = readonly (number | undefined)[];

/** Of operations that were tried again. */
export const delaysOf = (retried: readonly Trace[]): Delays[] =>
  retried.map(({ attempts }) =>
    attempts.slice(1).map((attempt, place) => {
      const before = attempts[place];
      if (!before || before.endedAt === null || before.retryAfterMs !== null || !hasFailed(before)) return undefined;
      return Math.max(0, attempt.at - before.endedAt);
    }),
  );

/** All delays before the `k`th retry, counted from 0. */
export const delaysAt = (all: readonly Delays[], k: number): number[] =>
  all.map((delays) => delays[k]).filter((delay) => delay !== undefined);
