// slow-close: our FIN comes late.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import { defineFault } from '../fault.ts';

export const slowClose = defineFault({
  name: 'slow-close',
  summary: 'Connections take long to close: the FIN from this side comes late.',
  teaches: 'Sockets that are closing still count against your limits; a raised ulimit only fills later.',
  signature: {
    says: 'The answer is whole; where a FIN should follow, to a client that closes or asked for Connection: close, it comes later by the delay.',
    shows: { ending: 'close', answer: 'whole', work: true, late: true },
    trials: [{ stimulus: 'closing-request', with: { delay: '400ms' }, figures: { endsAfterWholeMs: 400 } }],
  },
  at: ['connect'],
  params: z.strictObject({ delay: duration().prefault('30s').describe('from when it should close until it does') }),
  example: { delay: '20s' },
  arm: ({ delay }) => ({ connect: () => ({ admission: 'admit', life: { closeDelayMs: delay } }) }),
});
