// The certificates by which a client can trust the TLS door of the upstream.
import { Refusal } from '../../base/refusal.ts';
import type { AdminDeps } from '../deps.ts';
import { CERTIFICATE_PATH } from '../paths.ts';
import { defineRoute, type Route } from '../route.ts';
import type { AdminCode } from '../statuses.ts';

/** RFC 8555 9.1. */
const PEM = 'application/pem-certificate-chain';

export function tlsRoutes({ trusted }: AdminDeps): Route[] {
  return [
    defineRoute({
      name: 'getTlsCertificate',
      of: 'process',
      method: 'GET',
      path: CERTIFICATE_PATH,
      summary: 'What to trust so that the HTTPS upstream is believed, as PEM, for NODE_EXTRA_CA_CERTS and the like.',
      access: 'open',
      answers: { 200: { summary: 'One or more certificates.', type: PEM } },
      refusals: ['not_found'],
      handle() {
        if (trusted === undefined)
          throw new Refusal<AdminCode>('not_found', 'there is no TLS door; SHOWSTOPPER_TLS_PORT opens one');
        return { status: 200, type: PEM, body: trusted };
      },
    }),
  ];
}
