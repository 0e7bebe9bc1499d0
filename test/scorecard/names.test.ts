// Texts become numbers that are equal where the texts are, and only there, however many there are.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Names } from '../../src/scorecard/names.ts';
import { CHARACTER_BYTES, writeText } from '../../src/scorecard/text-bytes.ts';

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
  const bytes = new Uint8Array(20 * CHARACTER_BYTES);
  const middle = writeText('before', bytes, 0);
  const end = writeText('order-1', bytes, middle);
  expect(names.of(bytes, middle, end)).toBe(names.ofText('order-1'));
});

test('numbers stay as they are while many more come, some of them longer than what is kept together', () => {
  const names = new Names();
  const long = 'x'.repeat(3 * 2 ** 20);
  const textAt = (at: number): string => (at === 5000 ? long : `text ${at}`);
  const given = Array.from({ length: 20_000 }, (_, at) => names.ofText(textAt(at)));
  expect(new Set(given).size).toBe(given.length);
  expect(given.findIndex((name, at) => names.ofText(textAt(at)) !== name)).toBe(-1);
});

test('more than there is room for is refused by how much it is', () => {
  const names = new Names(2 ** 20);
  expect(() => {
    for (let at = 0; ; at++) names.ofText(`text ${at}`);
  }).toThrow('its keys and ids take more than 1 MB');
});
