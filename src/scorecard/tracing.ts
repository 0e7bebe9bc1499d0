// Which attempts are tries of one and the same operation of a client.
import type { Attempt } from './evidence.ts';
import { type Course, joinAlike } from './likeness.ts';
import type { Name } from './names.ts';
import { Pairs } from './pairs.ts';
import { hasFailed, WINDOW_MS } from './trace.ts';
import { Traces } from './traces.ts';

/** Takes time in proportion to the attempts, which are by arrival. */
export function tracesOf(attempts: readonly Attempt[]): Traces {
  const traces = new Traces(attempts);
  const keyed = new NamedTraces(traces);
  const invoked = new NamedTraces(traces);
  const alike = new Alike(attempts.length);
  attempts.forEach((attempt, place) => {
    const { idempotencyKey, invocation } = attempt;
    if (idempotencyKey !== null) keyed.add(place, attempt.operation, idempotencyKey);
    else if (invocation !== null) invoked.add(place, attempt.operation, invocation);
    else alike.add(place, attempt);
  });
  for (const places of alike.groups()) joinAlike(traces, places, alike);
  return traces;
}

/** Those that are said to be one operation, by a name that counts within what is done: a key may name a whole purchase. */
class NamedTraces {
  readonly #traces: Traces;
  readonly #names = new Pairs();
  /** Of each name, the place of the last attempt under it. */
  readonly #last: number[] = [];

  constructor(traces: Traces) {
    this.#traces = traces;
  }

  add(place: number, operation: string, name: Name): void {
    const number = this.#names.of(operation, name);
    const last = this.#last[number];
    if (last !== undefined && this.#isSoonAfter(last, place)) this.#traces.join(last, place);
    this.#last[number] = place;
  }

  #isSoonAfter(last: number, place: number): boolean {
    const [before, { at }] = [this.#traces.attempts[last] as Attempt, this.#traces.attempts[place] as Attempt];
    return at - (before.endedAt ?? before.at) <= WINDOW_MS;
  }
}

/**
 * Attempts that are all the same. A trace id names no more than where a request comes from, as a whole purchase: what is
 * alike within it may be a retry, or a poll, or a loop.
 */
class Alike implements Course {
  readonly at: Float64Array;
  readonly failedAt: Float64Array;
  readonly #requests = new Pairs();
  /** Of each attempt the number of its group; 0 where it is in none. */
  readonly #groupOf: Int32Array;
  /** Of each group how many are in it. */
  readonly #sizes = [0];
  /** Of each group how many have failed. */
  readonly #failures = [0];

  /** Of so many attempts. */
  constructor(count: number) {
    this.#groupOf = new Int32Array(count);
    this.at = new Float64Array(count);
    this.failedAt = new Float64Array(count);
  }

  add(place: number, attempt: Attempt): void {
    this.at[place] = attempt.at;
    const isFailed = hasFailed(attempt);
    this.failedAt[place] = (isFailed ? attempt.endedAt : null) ?? Number.POSITIVE_INFINITY;
    const group = this.#requests.of(attempt.fingerprint, attempt.traceId);
    this.#groupOf[place] = group;
    this.#sizes[group] = (this.#sizes[group] ?? 0) + 1;
    this.#failures[group] = (this.#failures[group] ?? 0) + (isFailed ? 1 : 0);
  }

  /** The places of those of which one can be a retry of another, each in their order. */
  *groups(): Generator<Int32Array> {
    const ends = new Int32Array(this.#sizes.length);
    for (let group = 1; group < ends.length; group++)
      ends[group] = (ends[group - 1] as number) + (this.#sizes[group - 1] as number);
    const places = new Int32Array(this.#groupOf.length);
    this.#groupOf.forEach((group, place) => {
      if (group !== 0) places[(ends[group] as number)++] = place;
    });
    for (let group = 1; group < ends.length; group++)
      if ((this.#sizes[group] as number) > 1 && (this.#failures[group] as number) > 0)
        yield places.subarray((ends[group] as number) - (this.#sizes[group] as number), ends[group]);
  }
}
