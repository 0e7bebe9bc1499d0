// error-status: a status of your choice instead of the work.
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { duration } from '../../base/duration.ts';
import type { Header } from '../../wire/answer/reply.ts';
import { errorReply, problemReply, usuallySaid } from '../error-reply.ts';
import { defineFault } from '../fault.ts';

const params = z
  .strictObject({
    status: z.int().min(200).max(599).default(503),
    code: z
      .string()
      .regex(/^[a-z0-9_]{1,60}$/, 'must be an error code, as access_code_invalid')
      .optional()
      .describe('of the problem document; default the usual one of the status'),
    retryAfter: duration().optional().describe('in whole seconds, rounded up'),
    retryAfterForm: z.enum(['seconds', 'date']).optional().meta({ default: 'seconds' }),
    body: z
      .string()
      .max(65_536)
      .optional()
      .describe('sent as it is, as JSON when it is JSON, else as text; default a problem document'),
  })
  .refine(({ status, code, body }) => code === undefined || (status >= 400 && body === undefined), {
    path: ['code'],
    message: 'goes with a status of 400 or more, and with no body of your own',
  })
  .refine(({ retryAfter, retryAfterForm }) => retryAfterForm === undefined || retryAfter !== undefined, {
    path: ['retryAfterForm'],
    message: 'is the form of retryAfter: give that too, as 2s',
  });

export const errorStatus = defineFault({
  name: 'error-status',
  summary: 'Answers with a status of your choice at once; the work is not done.',
  teaches: 'Retry only what is worth retrying, later and later, and not before Retry-After.',
  signature: {
    says: 'A complete answer with the chosen status (503 by default), with `Retry-After` if asked; the work is not done.',
    shows: { status: 503, ending: 'keep', answer: 'whole', work: false },
    trials: [
      {},
      { with: { status: 429, retryAfter: '7s' }, shows: { status: 429 }, figures: { headers: { 'retry-after': '7' } } },
      { with: { retryAfter: '90s', retryAfterForm: 'date' }, figures: { datesMs: { 'retry-after': 90_000 } } },
      { with: { status: 418, body: '{"short":true}' }, shows: { status: 418 }, figures: { body: '{"short":true}' } },
      {
        with: { status: 403, code: 'access_code_invalid' },
        shows: { status: 403, tells: '"code":"access_code_invalid"' },
      },
    ],
  },
  at: ['arrive'],
  params,
  example: { status: 503, retryAfter: '2s' },
  arm: (chosen, { clock }) => {
    const { status, code, body } = chosen;
    return {
      arrive(arrival) {
        const headers = retryAfterHeader(chosen, clock);
        if (code === undefined) return { reply: errorReply(status, arrival, headers, body) };
        return { reply: problemReply({ ...usuallySaid(status), code }, arrival, headers) };
      },
    };
  },
});

/** RFC 9110 10.2.3: either delay-seconds or an HTTP-date. */
function retryAfterHeader({ retryAfter, retryAfterForm }: z.output<typeof params>, clock: Clock): Header[] {
  if (retryAfter === undefined) return [];
  const seconds = Math.ceil(retryAfter / 1000);
  return [
    ['Retry-After', retryAfterForm === 'date' ? new Date(clock.now() + seconds * 1000).toUTCString() : String(seconds)],
  ];
}
