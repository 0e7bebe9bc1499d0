// wrong-length: Content-Length says more or less than there is.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const wrongLength = defineFault({
  name: 'wrong-length',
  summary: 'Content-Length lies: the client waits for bytes that do not exist, or leaves some for the next answer.',
  teaches: 'Time out on the body, and trust a connection no more once its bytes do not add up.',
  signature: {
    says: 'The whole body under a Content-Length that is too large, then silence on an open socket; with `short`, one that is too small, and the rest of the body astray on the kept connection.',
    shows: { ending: 'hang', answer: 'part', work: true, differs: ['content-length'] },
    trials: [
      { figures: { lengthOff: 10, bodyShare: 1 } },
      {
        with: { mode: 'short', by: 5 },
        shows: { ending: 'keep', answer: 'whole' },
        figures: { lengthOff: -5, bodyShare: 1 },
      },
    ],
  },
  at: ['deliver'],
  params: z.strictObject({
    mode: z.enum(['long', 'short']).default('long').describe('which way it lies'),
    by: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(10)
      .describe('bytes it is off, at most the whole body when short; an answer without a body has none to lie about'),
  }),
  example: { mode: 'short', by: 5 },
  arm: ({ mode, by }) => ({
    deliver(delivery, { method }) {
      if (delivery.reply.body.length === 0) return delivery;
      const waits = mode === 'long' && method !== 'HEAD'; // the answer to HEAD has no body to wait for
      return { ...delivery, lengthOff: mode === 'long' ? by : -by, ending: waits ? 'hang' : delivery.ending };
    },
  }),
});
