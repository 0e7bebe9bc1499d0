// error-status: a status of your choice instead of the work.
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { duration } from '../../base/duration.ts';
import type { Header } from '../../wire/reply.ts';
import { errorReply } from '../error-reply.ts';
import { defineFault } from '../fault.ts';

const params = z.strictObject({
  status: z.int().min(200).max(599).default(503),
  retryAfter: duration().optional().describe('in whole seconds, rounded up'),
  retryAfterForm: z.enum(['seconds', 'date']).default('seconds'),
  body: z
    .string()
    .max(65_536)
    .optional()
    .describe('sent as it is, as JSON when it is JSON, else as text; default a problem document'),
});

export const errorStatus = defineFault({
  name: 'error-status',
  summary: 'Answers with a status of your choice at once; the work is not done.',
  teaches: 'Retry only what is worth retrying, later and later, and not before Retry-After.',
  signature: {
    says: 'A complete answer with the chosen status (503 by default), with `Retry-After` if asked; the work is not done.',
    shows: { status: 503, ending: 'keep', answer: 'whole', work: false },
  },
  at: ['arrive'],
  params,
  example: { status: 503, retryAfter: '2s' },
  arm: (chosen, { clock }) => {
    const { status, body } = chosen;
    return { arrive: (arrival) => ({ reply: errorReply(status, arrival, retryAfterHeader(chosen, clock), body) }) };
  },
});

/** RFC 9110 10.2.3: either delay-seconds or an HTTP-date. */
function retryAfterHeader({ retryAfter, retryAfterForm }: z.output<typeof params>, clock: Clock): Header[] {
  if (retryAfter === undefined) return [];
  const seconds = Math.ceil(retryAfter / 1000);
  return [
    [
      'Retry-After',
      retryAfterForm === 'seconds' ? String(seconds) : new Date(clock.now() + seconds * 1000).toUTCString(),
    ],
  ];
}
