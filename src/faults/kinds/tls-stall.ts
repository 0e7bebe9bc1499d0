// tls-stall: the connection is accepted, and the TLS handshake never comes to its end.
import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { needsTlsDoor } from '../tls-door.ts';

export const tlsStall = defineFault({
  name: 'tls-stall',
  summary: 'The TCP connection comes about, but the TLS handshake never finishes.',
  teaches: 'Bound the handshake too: a connect time-out that ends with TCP does not see this.',
  signature: {
    says: 'The connect succeeds, the ClientHello is never answered, and the socket stays open; on the door `tls` only.',
    shows: { ending: 'hang', answer: 'none', work: false },
    trials: [{ stimulus: 'tls-handshake' }],
  },
  at: ['connect'],
  living: 'untouchable',
  inHandshake: true,
  params: z.strictObject({}),
  example: {},
  arm: (_params, context) => {
    needsTlsDoor('tls-stall', context);
    return { connect: () => ({ admission: 'admit', handshake: 'stall' }) };
  },
});
