// wrong-discount: discount codes are refused, accepted or charged otherwise than they should be.
import { z } from 'zod';
import type { DiscountWrong } from '../../box-office/terms.ts';
import { defineFault } from '../fault.ts';

const MODES = ['refuse-valid', 'accept-invalid', 'price-differs'] as const satisfies readonly DiscountWrong[];

export const wrongDiscount = defineFault({
  name: 'wrong-discount',
  summary: 'Valid discount codes are refused, invalid ones accepted, or the order is charged other than was said.',
  teaches: 'Charge what the order says and show it before the customer pays: a validated code is no price.',
  signature: {
    says: 'Whole answers that are wrong: valid codes `used_up`, invalid ones worth something, or an order with half the `amountOff` that validation told.',
    shows: { ending: 'keep', answer: 'whole', work: true, tells: '"valid":true' },
    trials: [{ stimulus: 'discount', with: { mode: 'accept-invalid' } }],
  },
  at: ['work'],
  params: z.strictObject({
    mode: z.enum(MODES).default('refuse-valid').describe('an accepted code that nobody knows takes off a tenth'),
  }),
  example: { mode: 'price-differs' },
  arm: ({ mode }) => ({ work: (terms) => ({ ...terms, discount: mode }) }),
});
