// stall-body: the answer stops in the middle and the socket stays open.
import { CUT_TRIALS, cutBody, cutParameters } from '../cut-body.ts';
import { defineFault } from '../fault.ts';
import { BODIES } from '../touches.ts';

export const stallBody = defineFault({
  name: 'stall-body',
  summary: 'The answer stops in the middle, and the socket stays open.',
  teaches: 'A status line is no answer: time out on the body too.',
  signature: {
    says: 'The head with its full Content-Length, part of the body, then silence on an open socket; an answer without a body is spared.',
    shows: { ending: 'hang', answer: 'part', work: true },
    trials: CUT_TRIALS,
  },
  at: ['deliver'],
  touches: BODIES,
  params: cutParameters,
  example: { afterBytes: 100 },
  arm: cutBody('hang'),
});
