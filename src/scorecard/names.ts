// Texts that serve only to tell things apart, as keys and ids: each different one becomes a number, and can be forgotten.

/** A text, or the number that stands for it: equal where the texts are. */
export type Name = string | number;

/** Bytes of different texts are kept in pieces of so many. */
const CHUNK_BYTES = 2 ** 20;
/** Of all of them: 250 bytes for each of a million attempts. */
const MAX_BYTES = 250 * 2 ** 20;
const FIRST_CAPACITY = 1024;
/** Begins a character that is written as two bytes more. */
const ESCAPE = 0xff;
/** At most, of a character. */
export const CHARACTER_BYTES = 3;
/** FNV-1a, by Fowler, Noll and Vo. */
const [HASH_BASIS, HASH_PRIME] = [0x811c9dc5, 0x01000193];

/** Writes a text into bytes that have room for it, so that different ones differ; gives where it ends. */
export function writeText(text: string, bytes: Uint8Array, from: number): number {
  let to = from;
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place);
    if (unit < ESCAPE) bytes[to++] = unit;
    else {
      bytes[to++] = ESCAPE;
      bytes[to++] = unit >> 8;
      bytes[to++] = unit & 0xff;
    }
  }
  return to;
}

/** Whole, and however large, its memory is free from now on, without waiting for a garbage collection. */
export const release = ({ buffer }: { readonly buffer: ArrayBuffer }): void => void buffer.transfer(0);

/** An open hash table over bytes; a `Map` of as many texts takes three times the memory. */
export class Names {
  /** By hash: a number, or 0 for none; at most half of them are taken. */
  #slots = new Int32Array(2 * FIRST_CAPACITY);
  /** By number: the hash of its text, and in which chunk, from where and how long it is. */
  #hashes = new Int32Array(FIRST_CAPACITY);
  #chunks = new Int32Array(FIRST_CAPACITY);
  #starts = new Int32Array(FIRST_CAPACITY);
  #lengths = new Int32Array(FIRST_CAPACITY);
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
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const name = this.#slots[slot] as number;
      if (name === 0) return this.#add(hash, bytes.subarray(from, to));
      if (this.#hashes[name] === hash && this.#is(name, bytes, from, to)) return name;
    }
  }

  ofText(text: string): number {
    const bytes = new Uint8Array(text.length * CHARACTER_BYTES);
    return this.of(bytes, 0, writeText(text, bytes, 0));
  }

  /** Numbers keep telling apart; nothing can be named any more. */
  forget(): void {
    for (const array of [this.#slots, this.#hashes, this.#chunks, this.#starts, this.#lengths]) release(array);
    for (const chunk of this.#bytes) release(chunk);
  }

  #is(name: number, bytes: Uint8Array, from: number, to: number): boolean {
    if (this.#lengths[name] !== to - from) return false;
    const chunk = this.#bytes[this.#chunks[name] as number] as Uint8Array;
    const start = this.#starts[name] as number;
    for (let place = from; place < to; place++) if (chunk[start + place - from] !== bytes[place]) return false;
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
    if (name === this.#hashes.length) this.#grow();
    this.#hashes[name] = hash;
    this.#chunks[name] = this.#bytes.length - 1;
    this.#starts[name] = chunk.length - this.#room;
    this.#lengths[name] = text.length;
    chunk.set(text, chunk.length - this.#room);
    this.#room -= text.length;
    this.#place(name, hash);
    return name;
  }

  #place(name: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = name;
  }

  #grow(): void {
    this.#hashes = doubled(this.#hashes);
    this.#chunks = doubled(this.#chunks);
    this.#starts = doubled(this.#starts);
    this.#lengths = doubled(this.#lengths);
    release(this.#slots);
    this.#slots = new Int32Array(2 * this.#hashes.length);
    for (let name = 1; name < this.#count; name++) this.#place(name, this.#hashes[name] as number);
  }
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  release(array);
  return larger;
}

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = HASH_BASIS;
  for (let place = from; place < to; place++) hash = Math.imul(hash ^ (bytes[place] as number), HASH_PRIME);
  return hash ^ (hash >>> 15);
}
