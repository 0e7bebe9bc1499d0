// garbage: bytes that are no HTTP, where the answer should be.
import { z } from 'zod';
import type { Chance } from '../../base/chance.ts';
import { defineFault } from '../fault.ts';

export const garbage = defineFault({
  name: 'garbage',
  summary: 'The work is done, and bytes come that are no HTTP.',
  teaches: 'A parse error is a lost answer like any other, and its connection is for nothing more.',
  signature: {
    says: 'Random bytes in the place of status line, headers and body, then an orderly close (FIN); the work is done.',
    shows: { ending: 'close', answer: 'spoilt', work: true },
    trials: [{ figures: { bytes: 256 } }, { with: { bytes: 1000 }, figures: { bytes: 1000 } }],
  },
  at: ['deliver'],
  params: z.strictObject({
    bytes: z.int().min(1).max(65_536).default(256).describe('how many; the same for the same request and seed'),
  }),
  example: { bytes: 1024 },
  arm: ({ bytes }) => ({
    deliver: (delivery, _arrival, chance) => ({ ...delivery, instead: randomBytes(chance, bytes), ending: 'close' }),
  }),
});

function randomBytes(chance: Chance, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < length; i++) bytes[i] = Math.floor(chance.uniform(`byte ${i}`) * 256);
  bytes[0] = (bytes[0] ?? 0) | 0x80; // no letter: it never looks like the H of HTTP
  return bytes;
}
