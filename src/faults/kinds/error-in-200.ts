// error-in-200: the status says well done, the body says that it failed, and the work stands.
import { z } from 'zod';
import type { Reply } from '../../wire/answer/reply.ts';
import type { Arrival } from '../../wire/arrival.ts';
import { errorReply } from '../error-reply.ts';
import { defineFault } from '../fault.ts';
import { withHeader } from '../rewriting.ts';

const params = z.strictObject({
  style: z
    .enum(['problem', 'result-code'])
    .default('problem')
    .describe('a problem document, or an old-fashioned result code'),
  result: z.int().min(-1e9).max(1e9).default(4).describe('the code, for the style result-code'),
});

export const errorIn200 = defineFault({
  name: 'error-in-200',
  summary: 'The work is done, and a 200 answers whose JSON body says that it failed.',
  teaches: 'A 200 is no success: read what the body says; and what it calls failed may still stand, so look it up.',
  signature: {
    says: 'A complete 200 with a JSON body that speaks of failure (a problem document, or `{"Result":4}`); the work stands.',
    shows: { status: 200, ending: 'keep', answer: 'whole', work: true, differs: ['body'] },
    trials: [{}, { with: { style: 'result-code', result: 7 }, shows: { tells: '"Result":7' } }],
  },
  at: ['answer'],
  params,
  example: { style: 'result-code', result: 4 },
  arm: (chosen) => ({
    answer: (_reply, arrival) =>
      withHeader({ ...failure(chosen, arrival), status: 200 }, ['Content-Type', 'application/json; charset=utf-8']),
  }),
});

/** The failure, before a 200 is put over it. */
function failure({ style, result }: z.output<typeof params>, arrival: Arrival): Reply {
  if (style === 'problem') return errorReply(500, arrival);
  const body = JSON.stringify({ Result: result, Message: 'The request could not be completed.' });
  return errorReply(500, arrival, [], body);
}
