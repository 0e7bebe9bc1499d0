// The operations of a client and their tries, as numbers that lead from one try to the next: most have but one, and need no object.
import type { Attempt, Span } from './evidence.ts';
import { wholeNumbers } from './number-list.ts';
import { arrivalOf, placeOf } from './spans.ts';
import type { Trace } from './trace.ts';

export class Traces implements Iterable<Trace> {
  readonly attempts: readonly Attempt[];
  /** Of each attempt the place of the next one of its trace; 0 where there is none, since the first place follows nobody. */
  readonly #next = wholeNumbers();
  /** Of each attempt the place of the first one of its trace. */
  readonly #first = wholeNumbers();
  /** Of each first attempt 1 where its trace is unsure. */
  readonly #isUnsure = wholeNumbers();

  constructor(attempts: readonly Attempt[]) {
    this.attempts = attempts;
  }

  /** The next attempt is an operation of its own, unless it is joined with one before. Gives its place. */
  begin(): number {
    this.#next.push(0);
    this.#isUnsure.push(0);
    return this.#first.push(this.#first.length);
  }

  /** The attempt at a place goes on with the last one of a trace, both by their places. */
  join(last: number, next: number): void {
    this.#next.set(last, next);
    this.#first.set(next, this.#first.at(last));
  }

  /** Says so of the trace of the attempt at this place. */
  leaveUnsure(place: number): void {
    this.#isUnsure.set(this.#first.at(place), 1);
  }

  /** Of the first attempt of the trace of the one at this place. */
  first(place: number): number {
    return this.#first.at(place);
  }

  isUnsure(place: number): boolean {
    return this.#isUnsure.at(this.#first.at(place)) === 1;
  }

  /** The place of the next attempt of its trace; undefined where there is none. */
  next(place: number): number | undefined {
    return this.#next.at(place) || undefined;
  }

  /** The one whose first attempt is at this place. */
  begunAt(place: number): Trace {
    return new LinkedTrace(this, place);
  }

  /** In order of their first attempts. */
  [Symbol.iterator](): Generator<Trace> {
    return this.#begunBetween(0, this.attempts.length);
  }

  /** Those whose first attempts arrived within these, in order of them; the spans do not overlap. */
  *begunIn(spans: readonly Span[]): Generator<Trace> {
    for (const { from, to } of spans)
      yield* this.#begunBetween(placeOf(this.attempts, from, arrivalOf), placeOf(this.attempts, to, arrivalOf));
  }

  /** Those that were tried again, and it is known that they were; in order of their first attempts. */
  get retried(): Trace[] {
    const retried: Trace[] = [];
    for (let place = 0; place < this.attempts.length; place++)
      if (this.#next.at(place) !== 0 && this.#first.at(place) === place && this.#isUnsure.at(place) === 0)
        retried.push(this.begunAt(place));
    return retried;
  }

  /** By place, from the first one on and before the other. */
  *#begunBetween(from: number, to: number): Generator<Trace> {
    for (let place = from; place < to; place++) if (this.#first.at(place) === place) yield this.begunAt(place);
  }
}

class LinkedTrace implements Trace {
  readonly #of: Traces;
  readonly place: number;

  constructor(of: Traces, place: number) {
    this.#of = of;
    this.place = place;
  }

  get first(): Attempt {
    return this.#of.attempts[this.place] as Attempt;
  }

  get attempts(): readonly [Attempt, ...Attempt[]] {
    const tries: [Attempt, ...Attempt[]] = [this.first];
    for (let place = this.#of.next(this.place); place !== undefined; place = this.#of.next(place))
      tries.push(this.#of.attempts[place] as Attempt);
    return tries;
  }

  get count(): number {
    let count = 1;
    for (let place = this.#of.next(this.place); place !== undefined; place = this.#of.next(place)) count++;
    return count;
  }

  get isUnsure(): boolean {
    return this.#of.isUnsure(this.place);
  }
}
