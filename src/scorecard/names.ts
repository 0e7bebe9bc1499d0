// Texts that serve only to tell things apart, as keys and ids: each different one becomes a number, and can be forgotten.
import { release } from './array-memory.ts';
import { HASH_CELLS, hashText } from './text-hash.ts';

/** A text, or the number that stands for it: equal where the texts are. */
export type Name = string | number;

/** Twelve for each of a million attempts. */
const MAX_NAMES = 12 * 2 ** 20;
const FIRST_CAPACITY = 16;
/** Of each slot: a hash, and its name, or 0 for none. */
const SLOT_CELLS = HASH_CELLS + 1;
/** Any odd numbers that have hardly anything in common. */
const PAIR_PRIMES = [0x9e3779b1, 0x85ebca6b] as const;
/** So much of the table is taken before it grows. */
const MAX_LOAD = 0.6;

/** An open hash table in one piece of memory; a `Map` of as many texts takes three times as much, and keeps the texts. */
export class Names {
  #slots = new Int32Array(SLOT_CELLS * FIRST_CAPACITY);
  readonly #pair = new Int32Array(HASH_CELLS);
  readonly #most: number;
  #count = 0;

  constructor(most = MAX_NAMES) {
    this.#most = most;
  }

  /** Of the hash that is there; from 1 on. Throws where there is no room for more. */
  of(hashes: Int32Array, at: number): number {
    const slots = this.#slots;
    const [a, b, c] = [hashes[at] as number, hashes[at + 1] as number, hashes[at + 2] as number];
    const mask = slots.length - 1;
    for (let slot = (SLOT_CELLS * a) & mask; ; slot = (slot + SLOT_CELLS) & mask) {
      if (slots[slot] === a && slots[slot + 1] === b && slots[slot + 2] === c && slots[slot + HASH_CELLS] !== 0)
        return slots[slot + HASH_CELLS] as number;
      if (slots[slot + HASH_CELLS] === 0) return this.#add(slot, hashes, at);
    }
  }

  ofText(text: string): number {
    const hash = new Int32Array(HASH_CELLS);
    hashText(text, hash, 0);
    return this.of(hash, 0);
  }

  /** Of two numbers; not to be mixed with hashes. */
  ofPair(one: number, other: number): number {
    const mixed = Math.imul(one, PAIR_PRIMES[0]) ^ Math.imul(other, PAIR_PRIMES[1]);
    this.#pair[0] = mixed ^ (mixed >>> 15);
    this.#pair[1] = one;
    this.#pair[2] = other;
    return this.of(this.#pair, 0);
  }

  /** Numbers keep telling apart; nothing can be named any more. */
  forget(): void {
    release(this.#slots);
  }

  #add(slot: number, hashes: Int32Array, at: number): number {
    if (this.#count === this.#most) throw new RangeError(`there are more than ${this.#most} different keys and ids`);
    this.#slots.set(hashes.subarray(at, at + HASH_CELLS), slot);
    this.#slots[slot + HASH_CELLS] = ++this.#count;
    if (this.#count * SLOT_CELLS > this.#slots.length * MAX_LOAD) this.#grow();
    return this.#count;
  }

  #grow(): void {
    const [before, slots] = [this.#slots, new Int32Array(2 * this.#slots.length)];
    const mask = slots.length - 1;
    for (let from = 0; from < before.length; from += SLOT_CELLS) {
      if (before[from + HASH_CELLS] === 0) continue;
      let slot = (SLOT_CELLS * (before[from] as number)) & mask;
      while (slots[slot + HASH_CELLS] !== 0) slot = (slot + SLOT_CELLS) & mask;
      for (let cell = 0; cell < SLOT_CELLS; cell++) slots[slot + cell] = before[from + cell] as number;
    }
    release(before);
    this.#slots = slots;
  }
}
