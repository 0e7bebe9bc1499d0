// wrong-content-type: the true body under a type that it is not.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { headerOf, withHeader } from '../rewriting.ts';

export const wrongContentType = defineFault({
  name: 'wrong-content-type',
  summary: 'The true answer, under a Content-Type that it is not.',
  teaches: 'Look at the type before you parse, and decide what a wrong one means: the work may stand.',
  signature: {
    says: 'A complete answer with its true status and body, whose Content-Type is another (text/html by default).',
    shows: {
      status: 200,
      ending: 'keep',
      answer: 'whole',
      work: true,
      headers: { 'content-type': 'text/html' },
      differs: ['content-type'],
    },
    trials: [
      {},
      { with: { type: 'text/plain' }, shows: { headers: {} }, figures: { headers: { 'content-type': 'text/plain' } } },
    ],
  },
  at: ['answer'],
  params: z.strictObject({
    type: z
      .string()
      .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:;[\x20-\x7e]*)?$/, 'must be a media type, as text/html')
      .max(200)
      .default('text/html; charset=utf-8')
      .describe('the media type it claims'),
  }),
  example: { type: 'text/plain' },
  arm: ({ type }) => ({
    answer: (reply) =>
      headerOf(reply, 'Content-Type') === undefined ? reply : withHeader(reply, ['Content-Type', type]),
  }),
});
