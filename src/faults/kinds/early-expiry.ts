// early-expiry: reservations lapse sooner than they say.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import { defineFault } from '../fault.ts';

/** Of the told time, when armed bare. */
const BARE = 0.5;

export const earlyExpiry = defineFault({
  name: 'early-expiry',
  summary: 'Reservations lapse sooner than their `expiresAt` tells.',
  teaches: 'Be ready for 410 at any step, and take no money that you cannot give back.',
  signature: {
    says: 'Whole answers with the usual `expiresAt`; seats reserved or extended now lapse earlier, and what comes after that is told 410 `reservation_expired`.',
    shows: { ending: 'keep', answer: 'whole', work: true, tells: '"status":"expired"' },
    trials: [
      { stimulus: 'reservation-lookup', with: { factor: 0 } },
      {
        stimulus: 'reservation-lookup',
        with: { factor: 0.5 },
        shows: { tells: undefined },
        figures: { lacks: '"status":"expired"' },
      },
    ],
  },
  at: ['work'],
  params: z
    .strictObject({
      after: duration().optional().describe('they lapse after this, in box-office time, and never later than told'),
      factor: z.number().min(0).lt(1).optional().describe(`they lapse after this part of the told time; bare: ${BARE}`),
    })
    .refine(({ after, factor }) => after === undefined || factor === undefined, 'takes only one of after, factor'),
  example: { after: '90s' },
  arm({ after, factor = after === undefined ? BARE : 1 }) {
    return {
      work: ({ lapse = {}, ...terms }) => ({
        ...terms,
        lapse: {
          afterMs: Math.min(after ?? Number.POSITIVE_INFINITY, lapse.afterMs ?? Number.POSITIVE_INFINITY),
          ofTold: Math.min(factor, lapse.ofTold ?? 1),
        },
      }),
    };
  },
});
