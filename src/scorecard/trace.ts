// One operation of a client and its tries, and when a try has failed.
import { hasServed } from '../journal/served.ts';
import type { Attempt } from './evidence.ts';

/** One thing that the client wanted, and its tries. */
export interface Trace {
  /** Of its first attempt, among all. */
  readonly place: number;
  readonly first: Attempt;
  /** By arrival, at least one. */
  readonly attempts: readonly [Attempt, ...Attempt[]];
  /** Of its attempts. */
  readonly count: number;
  /**
   * By fingerprint alone it could have been a retry of several, or of nobody: it stands as an operation of its own, and
   * is in no figure about retries.
   */
  readonly isUnsure: boolean;
}

/** So long after its last try an operation may be tried again; domain: W = max(10 min, TTL). */
export const WINDOW_MS = 15 * 60_000;

/** Its client cannot be content: no whole answer, one that asks it to come again, or one that it cannot read. */
export const hasFailed = (attempt: Attempt): boolean => attempt.ended !== null && !isServed(attempt);

/** Its client can be content; of one that is still open neither is true. */
export const isServed = (attempt: Attempt): boolean =>
  hasServed({ ended: attempt.ended, status: attempt.status, about: attempt });

/** Of those with the most attempts the first; undefined of none. */
export const mostTried = (traces: readonly Trace[]): Trace | undefined =>
  traces.reduce<Trace | undefined>((most, trace) => (most && most.count >= trace.count ? most : trace), undefined);
