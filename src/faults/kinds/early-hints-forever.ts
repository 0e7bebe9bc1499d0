// early-hints-forever: interim answers without end, and never the answer itself.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import { BEFORE_HEAD } from '../../wire/answer/delivery.ts';
import { defineFault } from '../fault.ts';

/** A resource that exists, so that the hint itself is true. */
const LINK = '</openapi.json>; rel=service-desc';

export const earlyHintsForever = defineFault({
  name: 'early-hints-forever',
  summary: 'The work is done, and 103 Early Hints come again and again, but never an answer.',
  teaches: 'Bytes that arrive are no answer: a time-out between bytes never fires here, so bound the whole call.',
  signature: {
    says: 'A 103 at once and another every `every`, never a final status; the socket stays open.',
    shows: { ending: 'hang', answer: 'none', work: true, interim: 103 },
    trials: [{ with: { every: '300ms' }, figures: { beginsMs: 0, interimMs: 300 } }],
  },
  at: ['deliver'],
  params: z.strictObject({
    every: duration()
      .refine((ms) => ms >= 10, 'must be at least 10ms')
      .prefault('1s')
      .describe('from one to the next'),
  }),
  example: { every: '250ms' },
  arm: ({ every }) => ({
    deliver: (delivery) => ({
      ...delivery,
      cutAt: BEFORE_HEAD,
      ending: 'hang',
      hints: { everyMs: every, link: LINK },
    }),
  }),
});
