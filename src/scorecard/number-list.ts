// Numbers one after the other, as many as come: half the memory of an array of whole numbers, and what is outgrown is free at once.
import { enlarged, type Numbers } from './array-memory.ts';

const FIRST_NUMBERS = 16;

export class NumberList<Kind extends Numbers = Int32Array<ArrayBuffer>> {
  #numbers: Kind;
  #length = 0;

  constructor(kind: new (length: number) => Kind) {
    this.#numbers = new kind(FIRST_NUMBERS);
  }

  get length(): number {
    return this.#length;
  }

  /** Gives its place. */
  push(number: number): number {
    if (this.#length === this.#numbers.length) this.#numbers = enlarged(this.#numbers, 2 * this.#length);
    this.#numbers[this.#length] = number;
    return this.#length++;
  }

  /** Of a place that has been filled. */
  at(place: number): number {
    return this.#numbers[place] as number;
  }

  /** Of a place that has been filled. */
  set(place: number, number: number): void {
    this.#numbers[place] = number;
  }
}

export const wholeNumbers = (): NumberList => new NumberList(Int32Array);

export type Moments = NumberList<Float64Array<ArrayBuffer>>;

export const moments = (): Moments => new NumberList(Float64Array);
