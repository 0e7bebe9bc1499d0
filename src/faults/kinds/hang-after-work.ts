// hang-after-work: the work is done, and the answer never comes.
import { z } from 'zod';
import { BEFORE_HEAD } from '../../wire/answer/delivery.ts';
import { defineFault } from '../fault.ts';

export const hangAfterWork = defineFault({
  name: 'hang-after-work',
  summary: 'The work is done, and the answer never comes.',
  teaches: 'A time-out says nothing about the work: find out before you repeat it.',
  signature: {
    says: 'The work is done; not one byte of an answer, and the socket stays open.',
    shows: { ending: 'hang', answer: 'none', work: true },
  },
  at: ['deliver'],
  params: z.strictObject({}),
  example: {},
  arm: () => ({ deliver: (delivery) => ({ ...delivery, cutAt: BEFORE_HEAD, ending: 'hang' }) }),
});
