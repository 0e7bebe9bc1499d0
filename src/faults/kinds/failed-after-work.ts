// failed-after-work: the answer says it failed, though the work stands.
import { z } from 'zod';
import { errorReply } from '../error-reply.ts';
import { defineFault } from '../fault.ts';

export const failedAfterWork = defineFault({
  name: 'failed-after-work',
  summary: 'The work is done, and the answer says that it failed.',
  teaches: 'A 5xx says nothing about the work: ask again with the same Idempotency-Key, or look the order up.',
  signature: {
    says: 'A complete 5xx answer (502 by default), though the work stands.',
    shows: { status: 502, ending: 'keep', answer: 'whole', work: true },
    trials: [{}, { with: { status: 504 }, shows: { status: 504 } }],
  },
  at: ['answer'],
  params: z.strictObject({ status: z.int().min(500).max(599).default(502) }),
  example: { status: 504 },
  arm: ({ status }) => ({ answer: (_reply, arrival) => errorReply(status, arrival) }),
});
