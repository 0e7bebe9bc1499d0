// hang: the request is accepted and never answered; the work is not done.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const hang = defineFault({
  name: 'hang',
  summary: 'The request is accepted and never answered.',
  teaches: 'Time out, and bound how many calls may wait at once, or every socket you have will wait here.',
  signature: {
    says: 'Not one byte of an answer, and the socket stays open; the work is not done.',
    shows: { ending: 'hang', answer: 'none', work: false },
  },
  at: ['arrive'],
  params: z.strictObject({}),
  example: {},
  arm: () => ({ arrive: () => ({ noAnswer: 'hang' }) }),
});
