// reset-connection: accepted, then an RST.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const resetConnection = defineFault({
  name: 'reset-connection',
  summary: 'A connection is accepted and reset at once.',
  teaches: 'Treat a reset as a failed attempt like any other: back off, and count it for the breaker.',
  signature: {
    says: 'The kernel completes the connect, and an RST follows before anything is read or written; many clients report that as a failed connect.',
    shows: { ending: 'reset', answer: 'none', work: false },
    trials: [{ figures: { endsMs: 0 } }],
  },
  at: ['connect'],
  living: 'new',
  directOnly: true,
  params: z.strictObject({}),
  example: {},
  arm: () => ({ connect: () => ({ admission: 'reset' }) }),
});
