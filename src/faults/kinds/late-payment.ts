// late-payment: the money comes after the order has expired.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import { defineFault } from '../fault.ts';

export const latePayment = defineFault({
  name: 'late-payment',
  summary: 'A card is charged only after its order has expired.',
  teaches:
    'Take `open` for an answer, ask for the order until it is decided, and be ready for a refund without a ticket.',
  signature: {
    says: 'The buyer comes back with `status=open`, and the payment stays `processing`. The order expires and its seats are free; `after` that the money is captured, and given back unless the server has the seats taken again.',
    shows: { ending: 'keep', answer: 'whole', work: true, tells: '"status":"processing"' },
    trials: [{ stimulus: 'payment-lookup' }],
  },
  at: ['work'],
  touches: { operations: ['paymentPage', 'threeDSecure'], methods: ['POST'] },
  params: z.strictObject({
    after: duration()
      .prefault('30s')
      .describe('the money comes so long after the order has expired, in box-office time'),
  }),
  example: { after: '2m' },
  arm: ({ after }) => ({
    work: (terms) => ({ ...terms, latePaymentMs: Math.max(after, terms.latePaymentMs ?? 0) }),
  }),
});
