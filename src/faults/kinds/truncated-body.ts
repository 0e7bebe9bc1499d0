// truncated-body: the connection is closed before the answer is through.
import { z } from 'zod';
import { bodyBytes, cutWithin } from '../../wire/answer/delivery.ts';
import { defineFault } from '../fault.ts';
import { BODIES } from '../touches.ts';

export const truncatedBody = defineFault({
  name: 'truncated-body',
  summary: 'The connection is closed in the middle of the answer.',
  teaches: 'Check that the body is whole before you believe it; the work may stand.',
  signature: {
    says: 'The head with its full Content-Length, part of the body, then an orderly close (FIN); an answer without a body is spared.',
    shows: { ending: 'close', answer: 'part', work: true },
    trials: [{ figures: { bodyShare: 0.5 } }, { with: { afterBytes: 100 }, figures: { bodyBytes: 100 } }],
  },
  at: ['deliver'],
  touches: BODIES,
  params: z.strictObject({
    afterBytes: z
      .int()
      .min(0)
      .max(1e9)
      .optional()
      .describe('bytes of body let through, less than all; default half of it'),
  }),
  example: { afterBytes: 100 },
  arm: ({ afterBytes }) => ({
    deliver(delivery, { method }) {
      const bytes = bodyBytes(delivery.reply, method);
      return bytes === 0 ? delivery : { ...delivery, cutAt: cutWithin(bytes, afterBytes), ending: 'close' };
    },
  }),
});
