// bad-signature: a webhook that no secret of the client has signed, as anybody could send one.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { NOTHING_ON_THE_WIRE } from '../signature.ts';

export const badSignature = defineFault({
  name: 'bad-signature',
  summary: 'A webhook comes with a signature that no secret of yours has made.',
  teaches: 'Verify every webhook, and answer one that is not well signed with a 4xx, without doing anything.',
  signature: {
    says: 'The receiver gets it with a `webhook-signature` of the right form that does not verify, on every attempt.',
    shows: NOTHING_ON_THE_WIRE,
  },
  at: ['notify'],
  params: z.strictObject({}),
  example: {},
  arm: () => ({ notify: (notice) => [{ ...notice, signature: 'bad' }] }),
});
