// Catalogue files: a season in YAML, and every mistake in one with its line.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { showMistake } from '../../src/base/document.ts';
import { readCatalog } from '../../src/box-office/season/catalog.ts';
import { catalogJsonSchema } from '../../src/box-office/season/catalog-schema.ts';
import { DAY_MS, stage } from './stage.ts';

const TEXT = readFileSync(new URL('./fixtures/spring-week.yaml', import.meta.url), 'utf8');

function seasonIn(text: string) {
  const read = readCatalog(text, 'spring.yaml');
  if ('mistakes' in read) throw new Error(read.mistakes.map(showMistake).join('\n'));
  return read.season;
}

/** What is wrong with the example after a replacement, which must have found something. */
function mistakesAfter(...replacements: readonly (readonly [string, string])[]): string[] {
  let text = TEXT;
  for (const [from, to] of replacements) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  const read = readCatalog(text, 'spring.yaml');
  return 'mistakes' in read ? read.mistakes.map(showMistake) : [];
}

describe('a good catalogue', () => {
  test('it gives the season it describes', () => {
    const season = seasonIn(TEXT);
    expect(season).toMatchObject({ name: 'Spring week', currency: 'EUR', ticketsPerFilmAndCustomer: 6, seats: 3 * 38 });
    expect(season.index.find('copper-2')).toMatchObject({
      film: { id: 'slow-copper', title: 'Slow Copper' },
      venue: { id: 'pellam', name: 'Pellam' },
      startsAtMs: 4 * DAY_MS,
      presaleAtMs: 0,
      onSaleAtMs: DAY_MS,
    });
    expect(season.discounts.get('FIVER')).toEqual({
      code: 'FIVER',
      amountOff: 500,
      quota: 10,
      validUntilMs: 3 * DAY_MS,
    });
    expect(season.accessCodes.has('EARLY')).toBe(true);
  });

  test('halls of one layout share it, and an aisle takes a number', () => {
    const [first, second] = seasonIn(TEXT).sessions;
    expect(first?.layout).toBe(second?.layout);
    expect(first?.layout.indexOf.has('B-4')).toBe(true);
    expect(first?.layout.indexOf.has('B-5')).toBe(false);
    expect(first?.layout.places.at(-1)).toEqual({
      id: 'E-9',
      row: 'E',
      number: 9,
      category: 'standard',
      blocked: true,
    });
  });

  test("a session's own prices go before the common ones", async () => {
    const { reserve } = stage({ season: seasonIn(TEXT) });
    expect(await reserve({ sessionId: 'letters-1', seats: ['B-1', 'E-1'] })).toMatchObject({
      amount: 2_600,
      currency: 'EUR',
    });
  });

  test('sessions come in order of showing, however they are written', () => {
    const shuffled = TEXT.replace('startsAt: 2d }', 'startsAt: 5d }');
    expect(seasonIn(shuffled).sessions.map(({ id }) => id)).toEqual(['letters-1', 'copper-2', 'copper-1']);
  });
});

describe('a mistake has its line and what is allowed', () => {
  test.each([
    [
      'an unknown hall',
      ['hall: pellam-2', 'hall: pellam-9'],
      /^spring\.yaml:27 sessions\[1\]\.hall: there is no hall "pellam-9"; known: pellam-1, pellam-2$/,
    ],
    [
      'an unknown film',
      ['film: salt-letters', 'film: pepper'],
      /^spring\.yaml:27 sessions\[1\]\.film: there is no film "pepper"/,
    ],
    [
      'an unknown layout',
      ['Hall 2, layout: studio', 'Hall 2, layout: arena'],
      /^spring\.yaml:23 venues\[0\]\.halls\[1\]\.layout: there is no layout "arena"/,
    ],
    [
      'an id that is there twice',
      ['id: copper-2', 'id: copper-1'],
      /^spring\.yaml:28 sessions\[2\]\.id: "copper-1" is there before$/,
    ],
    [
      'a hall that is there twice',
      ['id: pellam-2', 'id: pellam-1'],
      /^spring\.yaml:23 venues\[0\]\.halls\[1\]\.id: "pellam-1" is the id of another hall$/,
    ],
    [
      'a code that is there twice',
      ['code: FIVER', 'code: SPRING20'],
      /^spring\.yaml:32 discounts\[1\]\.code: "SPRING20" is there before$/,
    ],
    [
      'a scope that is not there',
      ['sessions: [letters-1]', 'sessions: [letters-7]'],
      /^spring\.yaml:33 discounts\[2\]\.sessions\[0\]: there is no session "letters-7"/,
    ],
    [
      'no duration',
      ['startsAt: 4d', 'startsAt: soon'],
      /^spring\.yaml:28 sessions\[2\]\.startsAt: must be a duration .*, got "soon"$/,
    ],
    ['no row', ['4p . 3p x', '4q'], /^spring\.yaml:12 layouts\.studio\.rows\.E: must be a row such as .*, got "4q"$/],
    ['a row named twice', ['E: 4p', 'D: 4p'], /^spring\.yaml:10 layouts\.studio\.rows: names a row twice$/],
    [
      'two ways to take off',
      ['percentOff: 20', 'percentOff: 20, amountOff: 5'],
      /^spring\.yaml:31 discounts\[0\]: needs exactly one of percentOff and amountOff$/,
    ],
    ['a presale after the sale', ['presale: 0s', 'presale: 2d'], /^spring\.yaml:28 sessions\[2\]\.presale: is after/],
    [
      'a sale after the start',
      ['onSale: 1d', 'onSale: 9d'],
      /^spring\.yaml:28 sessions\[2\]\.onSale: is after startsAt$/,
    ],
    [
      'an unknown field',
      ['accessCodes:', 'accesCodes:'],
      /^spring\.yaml:35 accesCodes: unknown field; allowed: name, currency/,
    ],
    ['no currency', ['currency: EUR', 'currency: euro'], /^spring\.yaml:3 currency: must be a code of ISO 4217/],
    [
      'a session id that would not fit into others',
      ['id: copper-2', 'id: copper_2'],
      /^spring\.yaml:28 sessions\[2\]\.id: must be up to 40/,
    ],
    ['a category without a price', [', premium: 1600', ''], /^spring\.yaml:26 sessions\[0\]\.hall: has premium seats/],
  ] as const)('%s', (_, replacement, expected) => {
    expect(mistakesAfter(replacement)[0]).toMatch(expected);
  });

  test('all of them are told at once, in order of lines', () => {
    const mistakes = mistakesAfter(
      ['hall: pellam-2', 'hall: x'],
      ['id: copper-2', 'id: copper-1'],
      ['[salt-letters]', '[y]'],
    );
    expect(mistakes.map((mistake) => mistake.split(' ')[0])).toEqual([
      'spring.yaml:27',
      'spring.yaml:28',
      'spring.yaml:33',
    ]);
  });

  test('a hall of a hundred thousand seats is refused before it is built', () => {
    expect(mistakesAfter(['B-D: 4s . 4s', `B-Z: ${'99s '.repeat(40)}`])[0]).toMatch(/may have at most 5000 seats/);
  });
});

test('the JSON Schema shows a catalogue as it is written', () => {
  const schema = catalogJsonSchema();
  expect(schema).toHaveProperty('properties.sessions.items.properties.startsAt.type', 'string');
  expect(schema).toHaveProperty('properties.sessions.items.properties.onSale.default', '0s');
  expect(schema.required).toEqual(['name', 'currency', 'prices', 'layouts', 'films', 'venues', 'sessions']);
});
