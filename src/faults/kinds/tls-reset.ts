// tls-reset: the connection is reset at the client's first word of TLS.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { needsTlsDoor } from '../tls-door.ts';

export const tlsReset = defineFault({
  name: 'tls-reset',
  summary: 'The connection is reset as soon as the client says its first word of TLS.',
  teaches: 'Nothing was asked yet, so this is safe to try again, a payment included; but back off before you do.',
  signature: {
    says: 'The connect succeeds, and an RST answers the ClientHello; on the door `tls` only.',
    shows: { ending: 'reset', answer: 'none', work: false },
    trials: [{ stimulus: 'tls-handshake', figures: { endsMs: 0 } }],
  },
  at: ['connect'],
  living: 'untouchable',
  directOnly: true,
  inHandshake: true,
  params: z.strictObject({}),
  example: {},
  arm: (_params, context) => {
    needsTlsDoor('tls-reset', context);
    return { connect: () => ({ admission: 'admit', handshake: 'reset' }) };
  },
});
