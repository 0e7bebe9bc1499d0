// slow-body: the answer begins at once and drips.
import { z } from 'zod';
import { bodyBytes } from '../../wire/answer/delivery.ts';
import { defineFault } from '../fault.ts';
import { BODIES } from '../touches.ts';

export const slowBody = defineFault({
  name: 'slow-body',
  summary: 'The answer begins at once, and its body drips.',
  teaches: 'A time-out between bytes never fires here: bound the whole call as well.',
  signature: {
    says: 'The head at once, then the body at no more than `bytesPerSecond`, whole in the end; an answer without a body is spared.',
    shows: { ending: 'keep', answer: 'whole', work: true, late: true },
    trials: [{ with: { bytesPerSecond: 1000 }, figures: { beginsMs: 0, bodyPace: 1000 } }],
  },
  at: ['deliver'],
  touches: BODIES,
  params: z.strictObject({
    bytesPerSecond: z.number().min(0.01).max(1e9).default(256).describe('bytes of body a second'),
  }),
  example: { bytesPerSecond: 200 },
  arm: ({ bytesPerSecond }) => ({
    deliver: (delivery, { method }) =>
      bodyBytes(delivery.reply, method) === 0 ? delivery : { ...delivery, bytesPerSecond },
  }),
});
