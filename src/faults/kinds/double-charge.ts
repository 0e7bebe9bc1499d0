// double-charge: what takes money once takes it again when it is repeated.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const doubleCharge = defineFault({
  name: 'double-charge',
  summary: 'A card form, an approval at the issuer, or a completion that is sent again takes the money again.',
  teaches: 'Repeat a completion under its own key alone, and compare what was captured with what you sold.',
  signature: {
    says: 'Whole answers as the first time: a form sent again leads back to the shop, and a completed order is completed again under another key, with 200 in place of 409. Each captures the amount once more, and nobody gives that back.',
    shows: { ending: 'keep', answer: 'whole', work: true },
    trials: [{ stimulus: 'completion-by-another-key', shows: { status: 200, tells: '"status":"completed"' } }],
  },
  at: ['work'],
  touches: { operations: ['paymentPage', 'threeDSecure', 'completeOrder'], methods: ['POST'] },
  params: z.strictObject({}),
  example: {},
  arm: () => ({ work: (terms) => (terms.doubleCharge ? terms : { ...terms, doubleCharge: true }) }),
});
