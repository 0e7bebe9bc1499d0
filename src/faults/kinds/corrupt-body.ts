// corrupt-body: the answer has its right length, and some of its bytes are not what they were.
import { z } from 'zod';
import type { Chance } from '../../base/chance.ts';
import { bodyBytes } from '../../wire/answer/delivery.ts';
import { defineFault } from '../fault.ts';
import { BODIES } from '../touches.ts';

export const corruptBody = defineFault({
  name: 'corrupt-body',
  summary: 'The answer is as long as it should be, and some of its bytes are wrong.',
  teaches: 'A body that is whole need not be right: be ready for JSON that does not parse, and for JSON that does.',
  signature: {
    says: 'The true head and Content-Length, and a body of that length with a bit flipped in some of its bytes; an answer without a body is spared.',
    shows: { ending: 'keep', answer: 'whole', work: true, differs: ['body'] },
    trials: [{ figures: { bytesChanged: 3 } }, { with: { bytes: 7 }, figures: { bytesChanged: 7 } }],
  },
  at: ['deliver'],
  touches: BODIES,
  params: z.strictObject({
    bytes: z.int().min(1).max(65_536).default(3).describe('how many bytes differ; an answer without a body has none'),
  }),
  example: { bytes: 1 },
  arm: ({ bytes }) => ({
    deliver: (delivery, { method }, chance) => {
      if (bodyBytes(delivery.reply, method) === 0) return delivery;
      const body = corrupted(delivery.reply.body, bytes, chance);
      return { ...delivery, reply: { ...delivery.reply, body } };
    },
  }),
});

function corrupted(body: string | Buffer, count: number, chance: Chance): Buffer {
  const bytes = Buffer.from(body as string);
  const spoilt = Math.min(count, bytes.length);
  for (let i = 0; i < spoilt; i++) {
    // One byte in each of `spoilt` equal stretches, so that no byte is hit twice and set right again.
    const from = Math.floor((i * bytes.length) / spoilt);
    const upTo = Math.floor(((i + 1) * bytes.length) / spoilt);
    const at = from + Math.floor(chance.uniform(`place ${i}`) * (upTo - from));
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(chance.uniform(`bit ${i}`) * 8));
  }
  return bytes;
}
