// stall-body: the answer stops in the middle and the socket stays open.
import { z } from 'zod';
import { bodyBytes, cutWithin } from '../../wire/answer/delivery.ts';
import { defineFault } from '../fault.ts';
import { BODIES } from '../touches.ts';

export const stallBody = defineFault({
  name: 'stall-body',
  summary: 'The answer stops in the middle, and the socket stays open.',
  teaches: 'A status line is no answer: time out on the body too.',
  signature: {
    says: 'The head with its full Content-Length, part of the body, then silence on an open socket; an answer without a body is spared.',
    shows: { ending: 'hang', answer: 'part', work: true },
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
      return bytes === 0 ? delivery : { ...delivery, cutAt: cutWithin(bytes, afterBytes), ending: 'hang' };
    },
  }),
});
