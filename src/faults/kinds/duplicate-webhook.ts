// duplicate-webhook: it comes more than once, with the id it had or as if it were another.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { NOTHING_ON_THE_WIRE } from '../signature.ts';

export const duplicateWebhook = defineFault({
  name: 'duplicate-webhook',
  summary: 'A webhook comes more than once, with the same `webhook-id` or with another each time.',
  teaches: 'Remember ids that you have seen, and make a second webhook about the same order change nothing.',
  signature: {
    says: 'The receiver gets it `copies` times, each well signed; with `id: another` no two have the same `webhook-id`.',
    shows: NOTHING_ON_THE_WIRE,
  },
  at: ['notify'],
  params: z.strictObject({
    copies: z.int().min(2).max(20).default(2).describe('how often it comes in all'),
    id: z.enum(['same', 'another']).default('same').describe('`webhook-id` of those that come after the first'),
  }),
  example: { copies: 3, id: 'another' },
  arm: ({ copies, id }) => ({
    notify: (notice) =>
      Array.from({ length: copies }, (_, copy) =>
        copy === 0 || id === 'same' ? notice : { ...notice, id: `${notice.id}-${copy + 1}` },
      ),
  }),
});
