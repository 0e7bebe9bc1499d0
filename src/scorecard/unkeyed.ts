// Attempts that no key and no invocation names: which of them are the same request, and what one must know of each to compare them.
import type { Attempt } from './evidence.ts';
import { moments, wholeNumbers } from './number-list.ts';
import { Pairs } from './pairs.ts';
import { hasFailed } from './trace.ts';

/** Requests that are all the same, by arrival, side by side: an attempt itself lies far from the next one like it. */
export interface Alike {
  /** Among all attempts. */
  readonly places: Int32Array;
  readonly at: Float64Array;
  /** When it ended, of one that has failed; else infinite. */
  readonly failedAt: Float64Array;
}

/**
 * A trace id names no more than where a request comes from, as a whole purchase: what is the same within it may be a retry,
 * or a poll, or a loop.
 */
export class Unkeyed {
  readonly #places = wholeNumbers();
  readonly #at = moments();
  readonly #failedAt = moments();
  readonly #requests = new Pairs();
  /** Of each the number of its group. */
  readonly #groups = wholeNumbers();
  /** Of each group how many are in it, and how many of them have failed. */
  readonly #sizes = [0];
  readonly #failures = [0];

  add(place: number, attempt: Attempt): void {
    const isFailed = hasFailed(attempt);
    this.#places.push(place);
    this.#at.push(attempt.at);
    this.#failedAt.push((isFailed ? attempt.endedAt : null) ?? Number.POSITIVE_INFINITY);
    const group = this.#requests.of(attempt.fingerprint, attempt.traceId);
    this.#groups.push(group);
    this.#sizes[group] = (this.#sizes[group] ?? 0) + 1;
    this.#failures[group] = (this.#failures[group] ?? 0) + (isFailed ? 1 : 0);
  }

  /** Those that are the same, and of which one can be a retry of another. */
  *groups(): Generator<Alike> {
    const ends = new Int32Array(this.#sizes.length);
    let count = 0;
    for (let group = 1; group < ends.length; group++) {
      ends[group] = count;
      if (this.#isRepeating(group)) count += this.#sizes[group] as number;
    }
    const [places, at, failedAt] = [new Int32Array(count), new Float64Array(count), new Float64Array(count)];
    for (let one = 0; one < this.#groups.length; one++) {
      const group = this.#groups.at(one);
      if (!this.#isRepeating(group)) continue;
      const next = (ends[group] as number)++;
      places[next] = this.#places.at(one);
      at[next] = this.#at.at(one);
      failedAt[next] = this.#failedAt.at(one);
    }
    for (let group = 1; group < ends.length; group++) {
      if (!this.#isRepeating(group)) continue;
      const to = ends[group] as number;
      const from = to - (this.#sizes[group] as number);
      yield { places: places.subarray(from, to), at: at.subarray(from, to), failedAt: failedAt.subarray(from, to) };
    }
  }

  #isRepeating(group: number): boolean {
    return (this.#sizes[group] as number) > 1 && (this.#failures[group] as number) > 0;
  }
}
