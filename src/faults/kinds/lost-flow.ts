// lost-flow: the reservation or order in hand is unknown all of a sudden, and stays so.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const lostFlow = defineFault({
  name: 'lost-flow',
  summary: 'The reservation or order in hand is unknown all of a sudden, while its seats stay held: start over.',
  teaches: 'Notice that a flow is lost, start over cleanly, and expect its old seats to be taken, by yourself.',
  signature: {
    says: 'A complete 404 `not_found` on its id, from then on and for good, also after all clear; its seats stay held until they lapse.',
    shows: { status: 404, ending: 'keep', answer: 'whole', work: false },
    trials: [{ stimulus: 'known-reservation' }],
  },
  at: ['work'],
  touches: {
    operations: [
      'getReservation',
      'extendReservation',
      'releaseReservation',
      'createOrder',
      'completeOrder',
      'getOrder',
      'cancelOrder',
      'paymentPage',
      'threeDSecure',
    ],
  },
  params: z.strictObject({}),
  example: {},
  arm: () => ({ work: (terms) => ({ ...terms, loseFlow: true }) }),
});
