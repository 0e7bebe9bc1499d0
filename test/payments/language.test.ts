// The language of a page follows a weighted Accept-Language, and is English where nothing fits.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseLanguage, LANGUAGES, type Language } from '../../src/payments/language.ts';

describe('the language', () => {
  test.each<[string | undefined, Language]>([
    [undefined, 'en'],
    ['', 'en'],
    ['fa', 'fa'],
    ['fa-IR', 'fa'],
    ['FA-ir', 'fa'],
    ['ja-JP,ja;q=0.9,en-US;q=0.8,en;q=0.7', 'ja'],
    ['en;q=0.5, fa;q=0.8', 'fa'],
    ['de, fr;q=0.9', 'en'],
    ['de, ja;q=0.1', 'ja'],
    ['*', 'en'],
    ['en;q=0, *', 'fa'],
    ['*;q=0.5, ja;q=0.6', 'ja'],
    ['ja;q=0, ja-JP', 'en'],
    ['ja;q=0.2, ja-JP;q=1, fa;q=0.3', 'fa'],
    ['ja, fa', 'ja'],
    ['fa;q=0.8, ja;q=0.8', 'fa'],
    ['fa ; q=0.3 , ja ; q=0.4', 'ja'],
    ['fa;q=0.000', 'en'],
    ['fan', 'en'],
    ['fa;q=2, ja;q=0.1', 'ja'],
    ['fa;q=0.1234, ja;q=0.1', 'ja'],
    ['fa;level=1, ja;q=0.1', 'ja'],
    [';;;,,q=1,\u0000, ja', 'ja'],
  ])('for %j is %s', (header, language) => expect(chooseLanguage(header)).toBe(language));

  test('follows the first hundred ranges only', () => {
    expect(chooseLanguage(`${'de,'.repeat(99)}ja`)).toBe('ja');
    expect(chooseLanguage(`${'de,'.repeat(100)}ja`)).toBe('en');
  });

  const weight = fc.integer({ min: 0, max: 1000 });
  const range = fc.tuple(fc.constantFrom(...LANGUAGES), weight);

  test('is the one that weighs most, whatever rubbish stands between', () => {
    const rubbish = fc.constantFrom(
      '',
      'fa;q=',
      'ja;q=1.5',
      'en;;q=1',
      'x'.repeat(9),
      'q=0.4',
      '-',
      'ja-',
      'de',
      'xx-YY;q=1',
    );
    fc.assert(
      fc.property(fc.uniqueArray(range, { selector: ([tag]) => tag }), fc.array(rubbish), (ranges, more) => {
        const named = ranges.map(([tag, thousandths]) => `${tag}-Xx;q=${(thousandths / 1000).toFixed(3)}`);
        const [best] = [...ranges].sort((a, b) => b[1] - a[1]);
        const expected = best && best[1] > 0 ? best[0] : 'en';
        expect(chooseLanguage([...more, ...named].join(','))).toBe(expected);
      }),
    );
  });

  test('is always one of ours', () => {
    fc.assert(fc.property(fc.string(), (header) => LANGUAGES.includes(chooseLanguage(header))));
  });
});
