// truncated-body: the connection is closed before the answer is through.
import { CUT_TRIALS, cutBody, cutParameters } from '../cut-body.ts';
import { defineFault } from '../fault.ts';
import { BODIES } from '../touches.ts';

export const truncatedBody = defineFault({
  name: 'truncated-body',
  summary: 'The connection is closed in the middle of the answer.',
  teaches: 'Check that the body is whole before you believe it; the work may stand.',
  signature: {
    says: 'The head with its full Content-Length, part of the body, then an orderly close (FIN); an answer without a body is spared.',
    shows: { ending: 'close', answer: 'part', work: true },
    trials: CUT_TRIALS,
  },
  at: ['deliver'],
  touches: BODIES,
  params: cutParameters,
  example: { afterBytes: 100 },
  arm: cutBody('close'),
});
