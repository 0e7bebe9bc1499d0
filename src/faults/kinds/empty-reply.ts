// empty-reply: the work is done, and the connection is closed without a byte.
import { z } from 'zod';
import { BEFORE_HEAD } from '../../wire/answer/delivery.ts';
import { defineFault } from '../fault.ts';

export const emptyReply = defineFault({
  name: 'empty-reply',
  summary: 'The work is done, and the connection is closed without a word.',
  teaches:
    'A server that closes instead of answering has not said no: the work may stand, so look before you repeat it.',
  signature: {
    says: 'The work is done; then an orderly close (FIN), without one byte of an answer.',
    shows: { ending: 'close', answer: 'none', work: true },
  },
  at: ['deliver'],
  params: z.strictObject({}),
  example: {},
  arm: () => ({ deliver: (delivery) => ({ ...delivery, cutAt: BEFORE_HEAD, ending: 'close' }) }),
});
