// Pseudonyms: the same for the same text and secret, and for nothing else.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPseudonym } from '../../src/base/pseudonym.ts';

const [ours, theirs] = [createPseudonym(Buffer.alloc(8, 1)), createPseudonym(Buffer.alloc(8, 2))];
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }));

test('one text has one pseudonym, whatever was asked between, and no other text has it', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const first = ours(one);
      expect(first).toMatch(/^[0-9a-v]{12}$/);
      expect(ours(other) === first).toBe(one.toWellFormed() === other.toWellFormed());
      expect(ours(one)).toBe(first);
    }),
  );
});

test('bytes that follow are as good as text, however many', () => {
  const [head, tail] = ['POST /v1/orders\n', 'é'.repeat(40_000)];
  for (const length of [0, 1, 2, 3, 4, 2000, 40_000])
    expect(ours(head, Buffer.from(tail.slice(0, length)))).toBe(ours(head + tail.slice(0, length)));
  expect(ours(head, Buffer.from(tail))).not.toBe(ours(head, Buffer.from(`${tail.slice(1)}e`)));
});

test('who does not have the secret cannot try texts out', () => {
  fc.assert(
    fc.property(text, (one) => {
      expect(theirs(one)).not.toBe(ours(one));
    }),
  );
});
