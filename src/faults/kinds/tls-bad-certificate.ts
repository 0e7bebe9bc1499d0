// tls-bad-certificate: the TLS door shows a certificate that no client should accept.
import { z } from 'zod';
import { BAD_CERTIFICATES } from '../../wire/connection/connection-fate.ts';
import { defineFault } from '../fault.ts';
import { needsTlsDoor } from '../tls-door.ts';

export const tlsBadCertificate = defineFault({
  name: 'tls-bad-certificate',
  summary: 'The certificate is expired, for another name, or of an issuer whom nobody knows.',
  teaches: 'Refuse it, say so in an alert of its own, and never switch the check off to make it go away.',
  signature: {
    says: 'The handshake shows the chosen certificate; a client that checks it ends the connection before it asks anything. On the door `tls` only.',
    shows: { ending: 'close', answer: 'none', work: false, certificate: 'CERT_HAS_EXPIRED' },
    trials: [
      { stimulus: 'tls-handshake' },
      {
        stimulus: 'tls-handshake',
        with: { certificate: 'wrong-name' },
        shows: { certificate: 'ERR_TLS_CERT_ALTNAME_INVALID' },
      },
      {
        stimulus: 'tls-handshake',
        with: { certificate: 'unknown-issuer' },
        shows: { certificate: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
      },
    ],
  },
  at: ['connect'],
  living: 'untouchable',
  inHandshake: true,
  params: z.strictObject({
    certificate: z.enum(BAD_CERTIFICATES).default('expired').describe('what is wrong with it'),
  }),
  example: { certificate: 'wrong-name' },
  arm: ({ certificate }, context) => {
    needsTlsDoor('tls-bad-certificate', context);
    return { connect: () => ({ admission: 'admit', certificate }) };
  },
});
