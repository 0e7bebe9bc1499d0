// How many requests of a client waited for their answers at once.
import type { Attempt, Span } from './evidence.ts';
import { endsOf } from './pooling.ts';
import { arrivalOf, lengthOf, placeOf } from './spans.ts';

/** For so long a request waits to be seen to wait, and to take a place, in milliseconds. */
export const HELD_MS = 250;

/** It waited for so long; what is still open, until then. */
export const isHeld = ({ at, endedAt }: Attempt, until = Number.POSITIVE_INFINITY): boolean =>
  (endedAt ?? until) - at >= HELD_MS;

const itself = (end: number): number => end;

/** Of attempts by arrival; those that are still open count as open until then. */
export class Waiting {
  /** At once. */
  readonly most: number;
  readonly #attempts: readonly Attempt[];
  readonly #ends: ArrayLike<number>;
  /** Of the times of the first so many. */
  readonly #arrived: Float64Array;
  readonly #ended: Float64Array;

  constructor(attempts: readonly Attempt[]) {
    this.#attempts = attempts;
    this.#ends = endsOf(attempts);
    this.#arrived = sumsOf(attempts.map(arrivalOf));
    this.#ended = sumsOf(this.#ends);
    this.most = mostAtOnce(attempts, this.#ends);
  }

  /** In the mean over that time. */
  meanIn(span: Span): number {
    return (this.#until(span.to) - this.#until(span.from)) / lengthOf(span);
  }

  /** How many ended within that time. */
  endsIn({ from, to }: Span): number {
    return placeOf(this.#ends, to, itself) - placeOf(this.#ends, from, itself);
  }

  /** The end within that time after which at most so many waited; undefined where more did all the time. */
  freeAt(count: number, { from, to }: Span): number | undefined {
    for (let place = placeOf(this.#ends, from, itself); place < this.#ends.length; place++) {
      const at = this.#ends[place] as number;
      if (at >= to) return undefined;
      if (placeOf(this.#attempts, at, arrivalOf) - place - 1 <= count) return at;
    }
    return undefined;
  }

  /** How long all have waited until then, together. */
  #until(moment: number): number {
    const begun = placeOf(this.#attempts, moment, arrivalOf);
    const ended = placeOf(this.#ends, moment, itself);
    const begunFor = moment * begun - (this.#arrived[begun] as number);
    return begunFor - (moment * ended - (this.#ended[ended] as number));
  }
}

function sumsOf(values: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let place = 0; place < values.length; place++)
    sums[place + 1] = (sums[place] as number) + (values[place] as number);
  return sums;
}

function mostAtOnce(attempts: readonly Attempt[], ends: ArrayLike<number>): number {
  let [most, ended] = [0, 0];
  for (const [begun, { at }] of attempts.entries()) {
    while (ended < ends.length && (ends[ended] as number) <= at) ended++;
    most = Math.max(most, begun + 1 - ended);
  }
  return most;
}
