// idle-close: kept-alive connections are closed while idle, or just as they are used again.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import { defineFault } from '../fault.ts';

export const idleClose = defineFault({
  name: 'idle-close',
  summary: 'A kept-alive connection is closed once it was idle for a while, or just as its next request arrives.',
  teaches: 'Keep connections idle for less long than your upstream does, and retry what was cut before its first byte.',
  signature: {
    says: 'The first answer is whole; then a FIN after the idle time, or, in the place of the second answer, as the request arrives.',
    shows: { ending: 'close', answer: 'whole', work: true, late: true },
    trials: [
      { with: { after: '400ms' }, figures: { endsAfterWholeMs: 400 } },
      {
        stimulus: 'two-requests',
        with: { after: '200ms', onNextRequest: true },
        pauseMs: 500,
        shows: { answer: 'none', work: false, late: undefined },
        figures: { endsMs: 0 },
      },
      {
        stimulus: 'two-requests',
        with: { after: '800ms', onNextRequest: true },
        pauseMs: 500,
        shows: { ending: 'keep', late: undefined },
      },
    ],
  },
  at: ['connect'],
  params: z.strictObject({
    after: duration().prefault('5s').describe('idle time'),
    onNextRequest: z
      .boolean()
      .default(false)
      .describe('not as the time is over, but as the first request after it arrives: the race that a pool can lose'),
  }),
  example: { after: '2s' },
  arm: ({ after, onNextRequest }) => ({
    connect: () => ({ admission: 'admit', life: onNextRequest ? { staleAfterMs: after } : { idleCloseMs: after } }),
  }),
});
