// Texts come out of bytes as they went in, whatever they are.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readText, startOf, TextWriter } from '../../src/scorecard/text-bytes.ts';

/** Any code units, also halves of characters. */
const text = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xfd, max: 0x101 })), { maxLength: 30 })
  .map((units) => String.fromCharCode(...units));

test('each text is read as it was written, among others, again and again', () => {
  fc.assert(
    fc.property(fc.array(fc.array(text, { maxLength: 20 }), { maxLength: 4 }), (batches) => {
      const writer = new TextWriter(20);
      for (const batch of batches) {
        expect(batch.map((one) => writer.add(one))).toEqual(batch.map((_, at) => at + 1));
        const taken = writer.take();
        const read = batch.map((_, at) => readText(taken.bytes, startOf(taken, at), taken.ends[at] as number));
        expect(read).toEqual(batch);
      }
    }),
  );
});

test('there is room for a text that is longer than what was made ready', () => {
  const writer = new TextWriter(2);
  const long = 'ticket €'.repeat(100_000);
  writer.add(long);
  const { bytes, ends } = writer.take();
  expect(readText(bytes, 0, ends[0] as number)).toBe(long);
});
