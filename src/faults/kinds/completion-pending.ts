// completion-pending: an order is taken for completion, and completed later or never.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import { defineFault } from '../fault.ts';

export const completionPending = defineFault({
  name: 'completion-pending',
  summary: 'A completion is answered 202 `pending`, and is done later or never.',
  teaches:
    'A 202 is not a ticket: ask at `pollUrl` until the order says `completed`, and tell the buyer what you wait for.',
  signature: {
    says: 'A whole 202 with `status`, `pollUrl` and `wait`. The order is `completing`, without tickets and with its seats held, and `completed` by itself `after` that; without `after` it stays so until it is canceled, or completed under another key once the fault is gone.',
    shows: { status: 202, ending: 'keep', answer: 'whole', work: true, tells: '"status":"pending"' },
    trials: [
      { stimulus: 'completion' },
      { stimulus: 'completion-lookup', shows: { status: 200, tells: '"status":"completing"' } },
      {
        stimulus: 'completion-lookup',
        with: { after: '0s' },
        shows: { status: 200, tells: undefined },
        figures: { lacks: '"status":"completing"' },
      },
    ],
  },
  at: ['work'],
  touches: { operations: ['completeOrder'], methods: ['POST'] },
  params: z.strictObject({
    after: duration().optional().describe('completed so long after, in box-office time; without it, never'),
  }),
  example: { after: '20s' },
  arm: ({ after = Number.POSITIVE_INFINITY }) => ({
    work: (terms) => ({ ...terms, completionPendingMs: Math.max(after, terms.completionPendingMs ?? 0) }),
  }),
});
