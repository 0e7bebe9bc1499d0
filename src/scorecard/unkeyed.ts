// Attempts that no key and no invocation names: which of them are the same request, and what one must know of each to compare them.
import type { Attempt } from './evidence.ts';
import { moments, wholeNumbers } from './number-list.ts';
import { Pairs } from './pairs.ts';
import { hasFailed } from './trace.ts';

/**
 * Side by side, so that whoever goes through some of them need not look at the others. A trace id names no more than where
 * a request comes from, as a whole purchase: what is the same within it may be a retry, or a poll, or a loop.
 */
export class Unkeyed {
  /** Among all attempts. */
  readonly places = wholeNumbers();
  readonly at = moments();
  /** When it ended, of one that has failed; else infinite. */
  readonly failedAt = moments();
  readonly #requests = new Pairs();
  /** Of each the number of its group. */
  readonly #groups = wholeNumbers();
  /** Of each group how many are in it, and how many of them have failed. */
  readonly #sizes = [0];
  readonly #failures = [0];

  add(place: number, attempt: Attempt): void {
    const isFailed = hasFailed(attempt);
    this.places.push(place);
    this.at.push(attempt.at);
    this.failedAt.push((isFailed ? attempt.endedAt : null) ?? Number.POSITIVE_INFINITY);
    const group = this.#requests.of(attempt.fingerprint, attempt.traceId);
    this.#groups.push(group);
    this.#sizes[group] = (this.#sizes[group] ?? 0) + 1;
    this.#failures[group] = (this.#failures[group] ?? 0) + (isFailed ? 1 : 0);
  }

  /** Those that are the same, and of which one can be a retry of another; each in their order. */
  *groups(): Generator<Int32Array> {
    const ends = new Int32Array(this.#sizes.length);
    for (let group = 1; group < ends.length; group++)
      ends[group] = (ends[group - 1] as number) + (this.#sizes[group - 1] as number);
    const sorted = new Int32Array(this.#groups.length);
    for (let one = 0; one < sorted.length; one++) sorted[(ends[this.#groups.at(one)] as number)++] = one;
    for (let group = 1; group < ends.length; group++)
      if ((this.#sizes[group] as number) > 1 && (this.#failures[group] as number) > 0)
        yield sorted.subarray((ends[group] as number) - (this.#sizes[group] as number), ends[group]);
  }
}
