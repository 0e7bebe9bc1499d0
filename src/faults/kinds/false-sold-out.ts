// false-sold-out: sold out by word only.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const falseSoldOut = defineFault({
  name: 'false-sold-out',
  summary: 'Everything on sale is shown as sold out, and no seat can be reserved, though seats are free.',
  teaches: 'Do not take a show off sale for good on one answer: ask again later, and compare with what you sold.',
  signature: {
    says: 'Whole answers that lie: `sold_out` and `available` 0, every seat `sold`, and 409 `seat_unavailable` to whoever reserves.',
    shows: { ending: 'keep', answer: 'whole', work: true, tells: '"status":"sold_out"' },
    trials: [{}, { stimulus: 'reservation', shows: { status: 409, work: false, tells: '"code":"seat_unavailable"' } }],
  },
  at: ['work'],
  params: z.strictObject({}),
  example: {},
  arm: () => ({ work: (terms) => ({ ...terms, soldOut: true }) }),
});
