// HalfSipHash gives what the reference implementation of its authors gives.
import { expect, test } from 'vitest';
import { type Halves, halfSipHash } from '../../src/base/half-sip-hash.ts';

const KEY: Halves = [0x03020100, 0x07060504];

/** Of the bytes 0, 1, 2 … up to a length, under the key 00 to 07: from the reference's own test vectors. */
test.each([
  [0, '218d1f59b9b83cc8'],
  [1, 'be552412f8387315'],
  [2, '064f39ef7c50eb57'],
  [3, 'ce0f1a45f7060679'],
  [4, 'd5e78a175be52ea1'],
])('%i bytes give %s', (length, expected) => {
  const count = Math.floor(length / 4) + 1;
  const bytes = Buffer.alloc(4 * count);
  for (let at = 0; at < length; at++) bytes[at] = at;
  bytes[4 * count - 1] = length;
  const words = Int32Array.from({ length: count }, (_, at) => bytes.readInt32LE(4 * at));
  const given = Buffer.alloc(8);
  for (const [at, half] of halfSipHash(KEY, words, count).entries()) given.writeInt32LE(half, 4 * at);
  expect(given.toString('hex')).toBe(expected);
});
