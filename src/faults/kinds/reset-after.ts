// reset-after: an RST once a connection has had so many bytes, or has come to an age.
import { z } from 'zod';
import { duration } from '../../base/duration.ts';
import { defineFault } from '../fault.ts';

/** What it takes when armed bare: within the body of nearly every answer. */
const BARE_BYTES = 500;

export const resetAfter = defineFault({
  name: 'reset-after',
  summary: 'A connection is reset after so many bytes of answers, or at an age.',
  teaches: 'An answer may break off anywhere: never act on half a body, and ask again only what is safe to ask twice.',
  signature: {
    says: 'Exactly so many bytes of heads and bodies together arrive, however many answers that is, then an RST; or an RST at that age.',
    shows: { ending: 'reset', answer: 'part', work: true },
    trials: [
      { with: { afterBytes: 300 }, figures: { bytes: 300 } },
      { with: { after: '400ms' }, shows: { answer: 'whole' }, figures: { endsMs: 400 } },
    ],
  },
  at: ['connect'],
  directOnly: true,
  params: z.strictObject({
    afterBytes: z.int().min(0).max(1e9).optional().meta({ description: 'bytes sent to the client', bare: BARE_BYTES }),
    after: duration().optional().describe('age of the connection, or time since the rule reached it'),
  }),
  example: { afterBytes: 2000 },
  arm({ afterBytes, after }) {
    const resetAfterBytes = afterBytes ?? (after === undefined ? BARE_BYTES : undefined);
    const life = {
      ...(resetAfterBytes !== undefined && { resetAfterBytes }),
      ...(after !== undefined && { resetAfterMs: after }),
    };
    return { connect: () => ({ admission: 'admit', life }) };
  },
});
