// TLS on a door: certificates good and bad, and http/1.1 only, until every kind has a signature on HTTP/2.
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ParkedConnections } from '../door/parked-connections.ts';
import type { Certificates } from './certificates.ts';
import type { Connection } from './connection.ts';
import type { BadCertificate } from './connection-fate.ts';
import { type FatePart, greetingNow } from './fate-part.ts';
import { own } from './socket-owner.ts';

export interface Guest {
  readonly connection: Connection;
  /** What rules made of it at accept. */
  readonly parts: readonly FatePart[];
  /** Where it is held if its handshake is to stall. */
  readonly parked: ParkedConnections;
  /** Gets the plain side, once the handshake is through. */
  speak(secured: Socket): void;
}

export class Secure {
  readonly #certificates: Certificates;

  constructor(certificates: Certificates) {
    this.#certificates = certificates;
  }

  /** Does the handshake, or what rules want in its place, at the client's first bytes where it is not the usual. */
  greet(guest: Guest): void {
    const { connection, parked, parts } = guest;
    const { resetBy, stalledBy, shows } = greetingNow(parts);
    const striking = resetBy ?? stalledBy ?? shows?.part;
    if (!striking) {
      this.#shakeHands(guest, undefined);
      return;
    }
    if (striking === stalledBy) {
      const [stalling, others] = [true, false].map((is) =>
        parts.filter(({ fate }) => (fate.handshake === 'stall') === is),
      );
      parked.ignore(connection, stalling ?? [], () => this.greet({ ...guest, parts: others ?? [] }));
      return;
    }
    const { strike } = striking;
    const without = (): void => this.greet({ ...guest, parts: parts.filter((part) => part !== striking) });
    atFirstWord(connection.socket, () => {
      if (!strike.rule.inForce || !strike.take())
        without(); // leaves the way to the others
      else if (striking === resetBy) {
        connection.reset();
        strike.acted();
      } else whenShown(this.#shakeHands(guest, shows?.certificate), () => strike.acted());
    });
  }

  /** The raw socket stays known, so that a reset is a true one. */
  #shakeHands({ connection, speak }: Guest, bad: BadCertificate | undefined): TLSSocket {
    const { socket } = connection;
    const secureContext = bad ? this.#certificates.bad[bad] : this.#certificates.good;
    const secured = new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] });
    const left = (): void => void socket.destroy(); // does not trust us, does not speak TLS, or has gone
    own(secured, connection);
    secured.on('error', left).once('end', left);
    secured.once('secure', () => {
      secured.off('end', left);
      connection.speakThrough(secured);
      speak(secured);
    });
    return secured;
  }
}

/** Keys exist once a TLS 1.3 certificate is out; of an older one the client's alert tells. */
function whenShown(secured: TLSSocket, shown: () => void): void {
  secured.once('keylog', shown).once('error', ({ code }: NodeJS.ErrnoException) => {
    if (code?.includes('ALERT')) shown();
  });
}

/** Waits for the first bytes, and leaves them where they came from. */
function atFirstWord(socket: Socket, then: () => void): void {
  const left = (): void => void socket.destroy();
  socket.once('end', left).once('data', (chunk) => {
    socket.off('end', left).pause();
    socket.unshift(chunk);
    then();
  });
  socket.resume(); // who waited here before has paused it
}
