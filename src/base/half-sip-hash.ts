// HalfSipHash-2-4 of 64 bits (Aumasson and Bernstein): a keyed hash of short texts, by whose results nobody finds key or text.
// Written here because a call of node:crypto costs a busy server some 10 µs, however short the text; this costs one at most.

/** Two halves of 32 bits, each. */
export type Halves = readonly [number, number];

/** The last word holds the bytes that are left over, and the length; rounds without any follow. */
const AFTER_LAST = 4;

/**
 * `words`: all but the last as they are in memory of little-endian machines, the last with `length` in bytes in its highest
 * byte; `count` of them are read.
 */
export function halfSipHash([k0, k1]: Halves, words: Int32Array, count: number): Halves {
  let [v0, v1, v2, v3] = [k0, k1 ^ 0xee, 0x6c796765 ^ k0, 0x74656462 ^ k1];
  let first = 0;
  for (let at = 0; at < count + AFTER_LAST; at++) {
    const word = at < count ? (words[at] as number) : 0;
    if (at === count) v2 ^= 0xee;
    else if (at === count + AFTER_LAST / 2) {
      first = v1 ^ v3;
      v1 ^= 0xdd;
    }
    v3 ^= word;
    for (let round = 0; round < 2; round++) {
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
    }
    v0 ^= word;
  }
  return [first, v1 ^ v3];
}
