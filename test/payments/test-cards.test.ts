// Test cards are known by their number, however it is typed, and no other card is.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { behaviourNamed, behaviourOf, CARD_BEHAVIOURS, TEST_CARDS } from '../../src/payments/test-cards.ts';

/** ISO/IEC 7812-1, annex B. */
const luhn = (digits: string): boolean =>
  [...digits].reverse().reduce((sum, digit, at) => {
    const doubled = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0) %
    10 ===
  0;

const digitsFrom = (zero: number) => (text: string) =>
  text.replaceAll(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));

describe.each(CARD_BEHAVIOURS)('the card whose behaviour is %s', (behaviour) => {
  const printed = TEST_CARDS[behaviour];
  test('has a number that shops take for one', () => expect(luhn(printed.replaceAll(' ', ''))).toBe(true));
  test.each([
    ['as it is printed', printed],
    ['without spaces', printed.replaceAll(' ', '')],
    ['with dashes', printed.replaceAll(' ', '-')],
    ['with a dash of typography and spaces around', `  ${printed.replaceAll(' ', '–')}\t`],
    ['in Persian digits', digitsFrom(0x6f0)(printed)],
    ['in Arabic digits', digitsFrom(0x660)(printed)],
    ['in full-width digits', digitsFrom(0xff10)(printed)],
    ['with narrow and ideographic spaces', printed.replace(' ', '\u202f').replace(' ', '\u3000')],
  ])('is known %s', (_, typed) => expect(behaviourOf(typed)).toBe(behaviour));
  test('has a button of its name', () => expect(behaviourNamed(behaviour)).toBe(behaviour));
});

test('no other number is a card', () => {
  const known = new Set(Object.values(TEST_CARDS).map((number) => number.replaceAll(' ', '')));
  expect(known.size).toBe(CARD_BEHAVIOURS.length);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{12,19}$/)), (typed) => {
      fc.pre(!known.has(typed));
      expect(behaviourOf(typed)).toBeUndefined();
    }),
  );
  for (const typed of ['', '4242', '42424242424242420', '4242.4242.4242.4242', `${' '.repeat(64)}4242424242424242`])
    expect(behaviourOf(typed)).toBeUndefined();
  for (const name of ['', 'Succeeds', 'toString', '__proto__']) expect(behaviourNamed(name)).toBeUndefined();
});
