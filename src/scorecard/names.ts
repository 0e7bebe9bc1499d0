// Texts that serve only to tell things apart, as keys and ids: each different one becomes a number, and can be forgotten.
import { CHARACTER_BYTES, writeText } from './text-bytes.ts';

/** A text, or the number that stands for it: equal where the texts are. */
export type Name = string | number;

/** Bytes of different texts are kept in pieces of so many. */
const CHUNK_BYTES = 2 ** 20;
/** Of all of them: 250 bytes for each of a million attempts. */
const MAX_BYTES = 250 * 2 ** 20;
const FIRST_CAPACITY = 1024;
/** Those of FNV-1a, by Fowler, Noll and Vo. */
const [HASH_BASIS, HASH_PRIME] = [0x811c9dc5, 0x01000193];

/** Whole, and however large, its memory is free from now on, without waiting for a garbage collection. */
export const release = ({ buffer }: { readonly buffer: ArrayBuffer }): void => void buffer.transfer(0);

/** What the table has of each name, side by side, so that a look-up reads few places in memory. */
const [CHUNK, START, LENGTH, NAME_CELLS] = [0, 1, 2, 4];

/** An open hash table over bytes; a `Map` of as many texts takes three times the memory. */
export class Names {
  /** By hash: a hash, and its name, or 0 for none; at most half of them are taken. */
  #slots = new Int32Array(4 * FIRST_CAPACITY);
  /** By name: in which chunk, from where, and how long its text is. */
  #places = new Int32Array(NAME_CELLS * FIRST_CAPACITY);
  readonly #bytes: Uint8Array<ArrayBuffer>[] = [];
  readonly #maxBytes: number;
  #room = 0;
  #total = 0;
  #count = 0;

  constructor(maxBytes = MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** From 1 on. Throws where there is no room for more. */
  of(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(bytes, from, to);
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = (2 * hash) & mask; ; slot = (slot + 2) & mask) {
      const name = slots[slot + 1] as number;
      if (name === 0) return this.#add(hash, bytes.subarray(from, to));
      if (slots[slot] === hash && this.#is(name, bytes, from, to)) return name;
    }
  }

  ofText(text: string): number {
    const bytes = new Uint8Array(text.length * CHARACTER_BYTES);
    return this.of(bytes, 0, writeText(text, bytes, 0));
  }

  /** Numbers keep telling apart; nothing can be named any more. */
  forget(): void {
    release(this.#slots);
    release(this.#places);
    for (const chunk of this.#bytes) release(chunk);
  }

  #is(name: number, bytes: Uint8Array, from: number, to: number): boolean {
    const place = name * NAME_CELLS;
    if (this.#places[place + LENGTH] !== to - from) return false;
    const chunk = this.#bytes[this.#places[place + CHUNK] as number] as Uint8Array;
    let known = this.#places[place + START] as number;
    for (let at = from; at < to; at++) if (chunk[known++] !== bytes[at]) return false;
    return true;
  }

  #add(hash: number, text: Uint8Array): number {
    this.#total += text.length;
    if (this.#total > this.#maxBytes)
      throw new RangeError(`its keys and ids take more than ${this.#maxBytes / 2 ** 20} MB`);
    if (text.length > this.#room || this.#bytes.length === 0) {
      this.#room = Math.max(CHUNK_BYTES, text.length);
      this.#bytes.push(new Uint8Array(this.#room));
    }
    const chunk = this.#bytes.at(-1) as Uint8Array;
    const name = ++this.#count;
    if (name * NAME_CELLS === this.#places.length) this.#grow();
    const place = name * NAME_CELLS;
    this.#places[place + CHUNK] = this.#bytes.length - 1;
    this.#places[place + START] = chunk.length - this.#room;
    this.#places[place + LENGTH] = text.length;
    chunk.set(text, chunk.length - this.#room);
    this.#room -= text.length;
    put(this.#slots, hash, name);
    return name;
  }

  #grow(): void {
    const places = new Int32Array(2 * this.#places.length);
    places.set(this.#places);
    release(this.#places);
    this.#places = places;
    const slots = new Int32Array(2 * this.#slots.length);
    for (let slot = 0; slot < this.#slots.length; slot += 2) {
      const name = this.#slots[slot + 1] as number;
      if (name !== 0) put(slots, this.#slots[slot] as number, name);
    }
    release(this.#slots);
    this.#slots = slots;
  }
}

function put(slots: Int32Array, hash: number, name: number): void {
  const mask = slots.length - 1;
  let slot = (2 * hash) & mask;
  while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
  slots[slot] = hash;
  slots[slot + 1] = name;
}

/** By four bytes at a time, and what is left one by one. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = HASH_BASIS;
  let place = from;
  for (; place + 4 <= to; place += 4) {
    const [first, second] = [bytes[place] as number, bytes[place + 1] as number];
    const [third, fourth] = [bytes[place + 2] as number, bytes[place + 3] as number];
    hash = Math.imul(hash ^ (first | (second << 8) | (third << 16) | (fourth << 24)), HASH_PRIME);
    hash ^= hash >>> 15;
  }
  for (; place < to; place++) hash = Math.imul(hash ^ (bytes[place] as number), HASH_PRIME);
  return hash ^ (hash >>> 15);
}
