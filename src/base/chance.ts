// Chance as a function of what is asked, never of when: hashing instead of a stream that is consumed in turn.

/**
 * 32-bit FNV-1a over UTF-16 units with murmur3's finishing mix; `seed` separates the uses. Returns 0 .. 2^32-1. Written
 * here because the fates of a seed hang on just this function, which no library has.
 */
export function hash32(text: string, seed = 0): number {
  let h = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}

/** The finalizer of murmur3 (public domain): every input bit reaches every output bit. */
function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Joins two hashes into one; the order matters. */
export function join32(a: number, b: number): number {
  return mix((Math.imul(a, 0x9e3779b1) + b) >>> 0);
}

/** The luck of one rule on one request: the same key and label give the same number, in any order of asking. */
export class Chance {
  readonly #key: number;

  constructor(key: number) {
    this.#key = key;
  }

  /** Uniform in [0, 1), of 53 bits. */
  uniform(label: string): number {
    const high = hash32(label, this.#key);
    const low = join32(high, this.#key);
    return ((high >>> 5) * 0x4000000 + (low >>> 6)) / 0x20000000000000;
  }
}

/** A rule's luck with a request, as it is written down. */
export interface RuleDraw {
  readonly rule: string;
  readonly fault: string;
  /** Uniform in [0, 1); the rule acted when this was below its share. */
  readonly draw: number;
}
