// lost-webhook: it happened, and no webhook tells of it.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { NOTHING_ON_THE_WIRE } from '../signature.ts';

export const lostWebhook = defineFault({
  name: 'lost-webhook',
  summary: 'A webhook is never sent, and not sent again either.',
  teaches: 'Take a webhook for a hint: ask for what you wait for by yourself, after a while.',
  signature: {
    says: 'The receiver hears nothing; every answer of the API is as ever, and the log of deliveries has it as `lost`.',
    shows: NOTHING_ON_THE_WIRE,
  },
  at: ['notify'],
  params: z.strictObject({}),
  example: {},
  arm: () => ({ notify: () => [] }),
});
