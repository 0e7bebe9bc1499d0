// Amounts, moments, seats and times left, as readers of three languages see them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../src/payments/language.ts';
import { decimalOf, exponentOf } from '../../src/payments/minor-units.ts';
import { WORDS } from '../../src/payments/words/every-language.ts';
import { createWriting } from '../../src/payments/written.ts';

const writing = (language: Language) => createWriting(language, WORDS[language]);

describe('an amount', () => {
  test.each([
    ['IRR', 2],
    ['EUR', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['ISK', 0],
    ['KWD', 3],
    ['IQD', 3],
    ['CLF', 4],
    ['XYZ', 2],
    ['constructor', 2],
  ])('in %s has %i decimals', (currency, exponent) => expect(exponentOf(currency)).toBe(exponent));

  test.each<[Language, number, string, string]>([
    ['en', 60_000_000, 'IRR', '600,000.00'],
    ['fa', 60_000_000, 'IRR', '۶۰۰٬۰۰۰٫۰۰'],
    ['ja', 1_800, 'JPY', '1,800'],
    ['en', 5, 'EUR', '0.05'],
    ['en', 1_234_567, 'KWD', '1,234.567'],
    ['en', 0, 'CLF', '0.0000'],
    ['en', Number.MAX_SAFE_INTEGER, 'EUR', '90,071,992,547,409.91'],
  ])('in %s of %i minor units of %s is %s', (language, amount, currency, text) =>
    expect(writing(language).amount(amount, currency)).toBe(text),
  );

  test('can be read back from what is written, to the last unit', () => {
    const all = Object.fromEntries(LANGUAGES.map((language) => [language, writing(language)]));
    fc.assert(
      fc.property(
        fc.constantFrom(...LANGUAGES),
        fc.maxSafeNat(),
        fc.constantFrom('IRR', 'JPY', 'KWD', 'CLF', 'EUR', 'UGX', 'TND'),
        (language, amount, currency) => {
          const text = all[language]?.amount(amount, currency) ?? '';
          const digits = text.replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));
          expect(Number(digits.replaceAll(/\D/g, ''))).toBe(amount);
          expect(digits.length - 1 - Math.max(digits.search(/[.٫]/), -1)).toBe(exponentOf(currency) || digits.length);
        },
      ),
    );
  });

  test.each([-1, 0.5, Number.NaN, 2 ** 53])('of %d is a programmer’s error', (amount) =>
    expect(() => decimalOf(amount, 'EUR')).toThrow('a whole number of minor units'),
  );
});

test.each<[Language, string]>([
  ['en', 'Tuesday 3 February 2026, 17:05'],
  ['fa', 'سه‌شنبه ۱۴ بهمن ۱۴۰۴، ساعت ۱۷:۰۵'],
  ['ja', '2026年2月3日(火) 17:05'],
])('a moment in %s is %s', (language, text) =>
  expect(writing(language).moment(Date.UTC(2026, 1, 3, 17, 5))).toEqual({ text, iso: '2026-02-03T17:05:00Z' }),
);

test('seats are told row by row, in the order they come', () => {
  expect(writing('en').seats(['C-7', 'D-1', 'C-8', 'box', 'B-2-07'])).toEqual([
    { row: 'Row C', seats: ['7', '8'] },
    { row: 'Row D', seats: ['1'] },
    { row: '', seats: ['box'] },
    { row: 'Row B-2', seats: ['07'] },
  ]);
  expect(writing('fa').seats(['C-17'])).toEqual([{ row: 'ردیف C', seats: ['۱۷'] }]);
  expect(writing('ja').seats(['C-17'])).toEqual([{ row: 'C列', seats: ['17'] }]);
});

test.each<[Language, number, string]>([
  ['en', 900, '15 minutes'],
  ['en', 754, '12 minutes'],
  ['en', 61.9, '1 minute 1 second'],
  ['en', 59, '59 seconds'],
  ['en', 0.9, 'none'],
  ['en', -5, 'none'],
  ['fa', 75, '۱ دقیقه ۱۵ ثانیه'],
  ['ja', 75, '1分 15秒'],
])('in %s, %d seconds left are %s', (language, seconds, text) =>
  expect(writing(language).timeLeft(seconds)).toBe(text),
);
