// lost-reply: the work is done, and the connection is reset before or part-way through the answer.
import { z } from 'zod';
import { BEFORE_HEAD, bodyBytes, cutWithin } from '../../wire/answer/delivery.ts';
import { bytesLetThrough } from '../cut-body.ts';
import { defineFault } from '../fault.ts';

export const lostReply = defineFault({
  name: 'lost-reply',
  summary: 'The work is done, but the connection is reset before the answer is through.',
  teaches:
    'A lost answer is no failure: ask again with the same Idempotency-Key, or look the order up, before you sell again.',
  signature: {
    says: 'The work is done; an RST comes before the first byte of the answer, or after `afterBytes` of its body, at the latest before the last one.',
    shows: { ending: 'reset', answer: 'none', work: true },
    trials: [
      {},
      { with: { afterBytes: 40 }, shows: { answer: 'part' }, figures: { bodyBytes: 40 } },
      { with: { afterBytes: 0 }, shows: { answer: 'part' }, figures: { bodyBytes: 0 } },
    ],
  },
  at: ['deliver'],
  directOnly: true,
  params: z.strictObject({
    afterBytes: bytesLetThrough.describe('bytes of body let through first; unset: not even the head'),
  }),
  example: { afterBytes: 40 },
  arm: ({ afterBytes }) => ({
    deliver(delivery, { method }) {
      const bytes = bodyBytes(delivery.reply, method);
      // Without a body it would arrive whole, with its head.
      const cutAt = afterBytes === undefined || bytes === 0 ? BEFORE_HEAD : cutWithin(bytes, afterBytes);
      return { ...delivery, cutAt, ending: 'reset' };
    },
  }),
});
