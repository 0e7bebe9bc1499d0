// Texts of rows come out of one piece as they went in, whatever they are, and however many come at a time.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joined, OwnTexts } from '../../src/scorecard/own-texts.ts';
import { MAX_ROWS } from '../../src/scorecard/rows.ts';

/** Any code units, also halves of characters and the end of a line. */
const text = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constant(10)), { maxLength: 4 })
  .map((units) => String.fromCharCode(...units));

test('each is found by its number', () => {
  fc.assert(
    fc.property(fc.array(fc.array(text, { maxLength: 20 }), { maxLength: 4 }), (parts) => {
      const own = new OwnTexts();
      const firsts = parts.map((part) => own.add(structuredClone(joined(part))));
      const read = parts.map((part, at) => part.map((_, place) => own.at((firsts[at] as number) + place)));
      expect(read).toEqual(parts);
    }),
  );
});

test('a whole part, and the one after it', () => {
  const own = new OwnTexts();
  own.add(joined(Array.from({ length: MAX_ROWS }, (_, at) => `r${at}`)));
  const next = own.add(joined(['next']));
  expect([own.at(0), own.at(MAX_ROWS - 1), own.at(next)]).toEqual(['r0', `r${MAX_ROWS - 1}`, 'next']);
});
