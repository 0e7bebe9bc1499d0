// late-webhook: it is sent, when whoever waits for it has given up.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import { defineFault } from '../fault.ts';
import { NOTHING_ON_THE_WIRE } from '../signature.ts';

export const lateWebhook = defineFault({
  name: 'late-webhook',
  summary: 'A webhook is sent long after what it tells of.',
  teaches: 'Show buyers what the API says now, and do not let an order wait for a webhook.',
  signature: {
    says: 'The receiver gets it the drawn time later, with the honest `timestamp` in its body; `webhook-timestamp` is the time of the attempt.',
    shows: NOTHING_ON_THE_WIRE,
  },
  at: ['notify'],
  params: z.strictObject({
    delay: duration()
      .refine((ms) => ms > 0, 'must be longer than nothing')
      .prefault('1m')
      .describe('it is sent so much later, in real time'),
  }),
  example: { delay: '16m' },
  arm: ({ delay }) => ({ notify: (notice) => [{ ...notice, delayMs: notice.delayMs + delay }] }),
});
