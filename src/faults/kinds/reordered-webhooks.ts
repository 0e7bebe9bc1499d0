// reordered-webhooks: one waits until another has passed it, so that what came first is told last.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import { defineFault } from '../fault.ts';
import { NOTHING_ON_THE_WIRE } from '../signature.ts';

export const reorderedWebhooks = defineFault({
  name: 'reordered-webhooks',
  summary: 'A webhook is held back until a later one has passed it.',
  teaches:
    'Do not take the order of webhooks for the order of what happened: ask for the state, or compare `timestamp`.',
  signature: {
    says: 'The receiver gets a later webhook, about the same order or of the same client, before this one; if none comes within the time, it is only late.',
    shows: NOTHING_ON_THE_WIRE,
  },
  at: ['notify'],
  params: z.strictObject({
    by: z
      .enum(['order', 'client'])
      .default('client')
      .describe('whose webhook may pass it: one about the same order, or any of the same client'),
    within: duration()
      .refine((ms) => ms > 0, 'must be longer than nothing')
      .prefault('10s')
      .describe('it waits no longer, in real time'),
  }),
  example: { by: 'order', within: '30s' },
  arm: ({ by, within: withinMs }) => ({
    notify: (notice) => [{ ...notice, heldBack: notice.heldBack ?? { by, withinMs } }],
  }),
});
