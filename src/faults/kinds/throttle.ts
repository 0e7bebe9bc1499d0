// throttle: a whole connection is slow, both ways, from the first byte of the head.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const throttle = defineFault({
  name: 'throttle',
  summary: 'A connection carries only so many bytes a second, both ways, heads included.',
  teaches: 'Bound the time of the whole exchange: a timeout between two bytes never strikes here.',
  signature: {
    says: 'The whole answer arrives, head and body alike at the pace; a request is read at the pace too, so that a large one waits in its sender.',
    shows: { ending: 'keep', answer: 'whole', work: true, late: true },
    trials: [
      { with: { bytesPerSecond: 1500 }, figures: { pace: 1500 } },
      { stimulus: 'long-request', with: { bytesPerSecond: 8000 }, figures: { uploadPace: 8000 } },
    ],
  },
  at: ['connect'],
  params: z.strictObject({
    bytesPerSecond: z.int().min(1).max(1e9).default(1000).describe('bytes a second, each way'),
  }),
  example: { bytesPerSecond: 500 },
  arm: ({ bytesPerSecond }) => ({ connect: () => ({ admission: 'admit', life: { bytesPerSecond } }) }),
});
