// Which attempts are tries of one and the same operation of a client.
import type { Attempt } from './evidence.ts';
import { joinAlike, type Likes } from './likeness.ts';
import type { Name } from './names.ts';
import { moments, wholeNumbers } from './number-list.ts';
import { Pairs } from './pairs.ts';
import { hasFailed, WINDOW_MS } from './trace.ts';
import { Traces } from './traces.ts';

/** Takes time in proportion to the attempts, which come by arrival. */
export class Tracing {
  readonly #traces: Traces;
  readonly #keyed: NamedTraces;
  readonly #invoked: NamedTraces;
  readonly #alike = new Alike();

  /** `attempts` are added there before they are added here. */
  constructor(attempts: readonly Attempt[]) {
    this.#traces = new Traces(attempts);
    this.#keyed = new NamedTraces(this.#traces);
    this.#invoked = new NamedTraces(this.#traces);
  }

  add(attempt: Attempt): void {
    const place = this.#traces.begin();
    const { idempotencyKey, invocation } = attempt;
    if (idempotencyKey !== null) this.#keyed.add(place, attempt.operation, idempotencyKey);
    else if (invocation !== null) this.#invoked.add(place, attempt.operation, invocation);
    else this.#alike.add(place, attempt);
  }

  /** Nothing more comes. */
  end(): Traces {
    for (const places of this.#alike.groups()) joinAlike(this.#traces, places, this.#alike);
    return this.#traces;
  }
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
class Alike implements Likes {
  readonly places = wholeNumbers();
  readonly at = moments();
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

  /** Those of which one can be a retry of another, each in their order. */
  *groups(): Generator<Int32Array> {
    const ends = new Int32Array(this.#sizes.length);
    for (let group = 1; group < ends.length; group++)
      ends[group] = (ends[group - 1] as number) + (this.#sizes[group - 1] as number);
    const sorted = new Int32Array(this.#groups.length);
    for (let like = 0; like < sorted.length; like++) sorted[(ends[this.#groups.at(like)] as number)++] = like;
    for (let group = 1; group < ends.length; group++)
      if ((this.#sizes[group] as number) > 1 && (this.#failures[group] as number) > 0)
        yield sorted.subarray((ends[group] as number) - (this.#sizes[group] as number), ends[group]);
  }
}
