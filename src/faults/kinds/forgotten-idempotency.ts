// forgotten-idempotency: the store of idempotency keys is lost, so that a repeat does its work again.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

export const forgottenIdempotency = defineFault({
  name: 'forgotten-idempotency',
  summary: 'Idempotency keys are forgotten, so that a repeat does its work again.',
  teaches:
    'Take a 409 for a repeat as a reason to look the order up; and look before you repeat what may have been done.',
  signature: {
    says: 'A repeat under the same key is never replayed: completing is 409 `order_already_completed`, ordering 409 `reservation_already_ordered`, reserving takes other seats or is 409 `seat_unavailable`. Another body under the key is no 422.',
    shows: { ending: 'keep', answer: 'whole', work: true, differs: ['idempotent-replayed'] },
    trials: [
      { stimulus: 'completion-again', shows: { status: 409, tells: '"code":"order_already_completed"' } },
      { stimulus: 'reservation-again', shows: { status: 201 } },
    ],
  },
  at: ['work'],
  touches: {
    operations: [
      'reserveSeats',
      'extendReservation',
      'validateDiscount',
      'createOrder',
      'completeOrder',
      'cancelOrder',
    ],
    methods: ['POST'],
  },
  params: z.strictObject({}),
  example: {},
  arm: () => ({ work: (terms) => (terms.forgetKey ? terms : { ...terms, forgetKey: true }) }),
});
