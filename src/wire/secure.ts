// TLS on a door: certificates good and bad, and http/1.1 only, until every kind has a signature on HTTP/2.
import type { Socket } from 'node:net';
import { type SecureContext, TLSSocket } from 'node:tls';
import { bindConnection, type Connection } from './connection.ts';
import type { BadCertificate } from './fate.ts';

/** Certificates as this door may show them; made once, before it opens. */
export interface Certificates {
  readonly good: SecureContext;
  readonly bad: Readonly<Record<BadCertificate, SecureContext>>;
}

export class Secure {
  readonly #certificates: Certificates;

  constructor(certificates: Certificates) {
    this.#certificates = certificates;
  }

  /** Does the handshake on the raw socket, which stays known, so that a reset is a true one; `then` gets the plain side. */
  greet(connection: Connection, bad: BadCertificate | undefined, then: (secured: Socket) => void): void {
    const secureContext = bad ? this.#certificates.bad[bad] : this.#certificates.good;
    const secured = new TLSSocket(connection.socket, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] });
    bindConnection(secured, connection);
    secured.on('error', () => connection.socket.destroy()); // a client that does not trust us, or leaves
    secured.once('secure', () => then(secured));
  }
}
