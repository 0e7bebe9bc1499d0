// What each rule made of a connection at accept, and which of them act on its TLS handshake.

import type { Strike } from '../strike.ts';
import type { BadCertificate, ConnectionFate } from './connection-fate.ts';

export interface FatePart {
  readonly fate: ConnectionFate;
  /** The say that the rule has over it. */
  readonly strike: Strike;
}

/** How a TLS handshake goes wrong; nothing set: it does not. */
export interface Greeting {
  readonly resetBy?: FatePart | undefined;
  readonly stalledBy?: FatePart | undefined;
  readonly shows?: { readonly part: FatePart; readonly certificate: BadCertificate } | undefined;
}

/** What the rules that are still in force do to a handshake: it comes later than the accept, if the connection was held. */
export function greetingNow(parts: readonly FatePart[]): Greeting {
  const inForce = parts.filter(({ strike }) => strike.rule.inForce);
  const part = inForce.find(({ fate }) => fate.certificate);
  const certificate = part?.fate.certificate;
  return {
    resetBy: inForce.find(({ fate }) => fate.handshake === 'reset'),
    stalledBy: inForce.find(({ fate }) => fate.handshake === 'stall'),
    shows: part && certificate && { part, certificate },
  };
}
