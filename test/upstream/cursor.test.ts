// A cursor gives back its position in its own list, and nothing else passes for one.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_CURSOR, readCursor, writeCursor } from '../../src/upstream/operations/cursor.ts';

const position = fc.integer({ min: 0, max: 999_999_999 });

test('what is written is read again, and is short', () => {
  fc.assert(
    fc.property(fc.string(), position, (list, from) => {
      const cursor = writeCursor(list, from);
      expect(cursor.length).toBeLessThanOrEqual(MAX_CURSOR);
      expect(readCursor(list, cursor)).toBe(from);
    }),
  );
});

test('no cursor is the beginning', () => {
  expect(readCursor('any', undefined)).toBe(0);
});

test('a cursor of another list is refused', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), position, (list, other, from) => {
      fc.pre(list !== other);
      expect(() => readCursor(other, writeCursor(list, from))).toThrow('cursor');
    }),
  );
});

test('no other text is a cursor', () => {
  fc.assert(fc.property(fc.string(), (text) => void expect(() => readCursor('list', text)).toThrow('cursor')));
});
