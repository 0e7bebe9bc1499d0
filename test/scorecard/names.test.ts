// Texts become numbers that are equal where the texts are, and only there, however many there are.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Names } from '../../src/scorecard/names.ts';
import { HASH_CELLS, hashText } from '../../src/scorecard/text-hash.ts';

/** Any code units, also halves of characters. */
const text = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 4 })
  .map((units) => String.fromCharCode(...units));
const few = fc.stringMatching(/^[ab\xff\u0100]{0,3}$/);

test('two texts have one number if, and only if, they are equal', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(text, few), { maxLength: 40 }), (texts) => {
      const names = new Names();
      const given = texts.map((one) => names.ofText(one));
      const isAgreed = (at: number, place: number): boolean =>
        (given[at] === given[place]) === (texts[at] === texts[place]);
      expect(texts.every((_, at) => texts.every((__, place) => isAgreed(at, place)))).toBe(true);
    }),
  );
});

test('a text is the same whether it comes alone or among others', () => {
  const names = new Names();
  const hashes = new Int32Array(2 * HASH_CELLS);
  hashText('before', hashes, 0);
  hashText('order-1', hashes, HASH_CELLS);
  expect(names.of(hashes, HASH_CELLS)).toBe(names.ofText('order-1'));
});

test('numbers stay as they are while many more come, some of them long, or alike but for one character', () => {
  const names = new Names();
  const long = 'x'.repeat(100_000);
  const textAt = (at: number): string =>
    at % 1000 === 0 ? `${long.slice(at)}y${long.slice(0, at)}` : at % 2 === 0 ? `text ${at}` : `${at} text`;
  const given = Array.from({ length: 20_000 }, (_, at) => names.ofText(textAt(at)));
  expect(new Set(given).size).toBe(given.length);
  expect(given.findIndex((name, at) => names.ofText(textAt(at)) !== name)).toBe(-1);
});

test('each of the numbers of a hash tells a hundred thousand ids apart about as well as chance would', () => {
  const count = 100_000;
  const seen = Array.from({ length: HASH_CELLS }, () => new Set<number>());
  const hash = new Int32Array(HASH_CELLS);
  for (let at = 0; at < count; at++) {
    hashText(`ses_1abc_r${at.toString(16).padStart(12, '0')}`, hash, 0);
    for (const [cell, numbers] of seen.entries()) numbers.add(hash[cell] as number);
  }
  const alike = seen.map(({ size }) => count - size);
  expect(Math.max(...alike)).toBeLessThan(20); // by chance 1.2 in the mean
});

test('more than there is room for is refused by how much it is', () => {
  const names = new Names(1000);
  expect(() => {
    for (let at = 0; ; at++) names.ofText(`text ${at}`);
  }).toThrow('there are more than 1000 different keys and ids');
});
