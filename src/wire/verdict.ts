// What rules made of a connection as it was accepted: its fate, and the part that each of them has in it.
import type { Cause } from './cause.ts';
import type { BadCertificate, Fate } from './fate.ts';
import type { Strike } from './strike.ts';

export interface FatePart {
  readonly cause: Cause;
  readonly fate: Fate;
  readonly strike: Strike;
}

export interface Verdict {
  /** Of all parts together. */
  readonly fate: Fate;
  /** Which rule holds it when it is held. */
  readonly cause: Cause;
  readonly parts: readonly FatePart[];
}

/** How a TLS handshake goes wrong; nothing set: it does not. */
export interface Greeting {
  readonly resetBy?: FatePart | undefined;
  readonly stalledBy?: FatePart | undefined;
  readonly shows?: { readonly part: FatePart; readonly certificate: BadCertificate } | undefined;
}

/** What the rules that are still in force do to a handshake: it comes later than the verdict, if the connection was held. */
export function greetingNow(parts: readonly FatePart[]): Greeting {
  const standing = parts.filter(({ cause }) => cause.inForce);
  const part = standing.find(({ fate }) => fate.certificate);
  const certificate = part?.fate.certificate;
  return {
    resetBy: standing.find(({ fate }) => fate.handshake === 'reset'),
    stalledBy: standing.find(({ fate }) => fate.handshake === 'stall'),
    shows: part && certificate && { part, certificate },
  };
}
