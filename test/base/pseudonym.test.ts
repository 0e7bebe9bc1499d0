// Pseudonyms: the same for the same text and secret, and for nothing else.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPseudonym } from '../../src/base/pseudonym.ts';

const [ours, theirs] = [createPseudonym(Buffer.alloc(32, 1)), createPseudonym(Buffer.alloc(32, 2))];

test('one text has one pseudonym, whatever was asked between, and no other text has it', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const first = ours(one);
      expect(first).toMatch(/^[\w-]{12}$/);
      expect(ours(other) === first).toBe(one === other);
      expect(ours(one)).toBe(first);
    }),
  );
});

test('who does not have the secret cannot try texts out', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(theirs(text)).not.toBe(ours(text));
    }),
  );
});
