// Counts the entries kept that match, as they come, change and go: a bit for each place in the ring, and no more.
import { type Criterion, meets } from './criteria.ts';
import type { ArrivalEntry } from './entry.ts';

const BITS = 8;

export class Matching {
  readonly #criteria: readonly Pick<Criterion, 'fits'>[];
  readonly #capacity: number;
  /** Of the entry at each place of the ring: whether it matches. At the largest ring there is, 125 kB. */
  readonly #bits: Uint8Array;
  #count = 0;

  /** `capacity` is that of the ring. */
  constructor(criteria: readonly Pick<Criterion, 'fits'>[], capacity: number) {
    this.#criteria = criteria;
    this.#capacity = capacity;
    this.#bits = new Uint8Array(Math.ceil(capacity / BITS));
  }

  get count(): number {
    return this.#count;
  }

  /** Looks at an entry that is kept, anew or again. */
  look(entry: ArrivalEntry): void {
    this.#set(entry.seq, meets(entry, this.#criteria));
  }

  /** An entry is no longer kept. */
  drop(seq: number): void {
    this.#set(seq, false);
  }

  clear(): void {
    this.#bits.fill(0);
    this.#count = 0;
  }

  #set(seq: number, matches: boolean): void {
    const place = seq % this.#capacity;
    const byte = Math.floor(place / BITS);
    const mask = 1 << (place % BITS);
    const now = this.#bits[byte] as number;
    if (((now & mask) !== 0) === matches) return;
    this.#bits[byte] = now ^ mask;
    this.#count += matches ? 1 : -1;
  }
}
