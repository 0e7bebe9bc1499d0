// What rules make of a connection: how it is admitted, how its TLS handshake goes, and the limits of its life.

/** Certificates that no client should accept. */
export const BAD_CERTIFICATES = ['expired', 'wrong-name', 'unknown-issuer'] as const;
export type BadCertificate = (typeof BAD_CERTIFICATES)[number];

/** What a connection is allowed in its life; unset means no bound. */
export interface LifeLimits {
  /** An idle kept-alive connection is closed after this. */
  readonly idleCloseMs?: number;
  /** One that was idle for so long is closed as its next request arrives, and that request with it. */
  readonly staleAfterMs?: number;
  /** Our FIN comes so much later than it should. */
  readonly closeDelayMs?: number;
  /** An RST when so many bytes were sent to the client. */
  readonly resetAfterBytes?: number;
  /** An RST at this age. */
  readonly resetAfterMs?: number;
  /** Both ways. */
  readonly bytesPerSecond?: number;
}

/** `park`: accepted, and nothing is ever read. */
export type Admission = 'admit' | 'park' | 'reset';

export interface ConnectionFate {
  readonly admission: Admission;
  /** On a TLS door: the handshake never finishes, or ends in an RST. */
  readonly handshake?: 'stall' | 'reset';
  readonly certificate?: BadCertificate;
  readonly life?: LifeLimits;
}

/** The shorter and slower of two lives. */
export function shorterLife(one: LifeLimits | undefined, other: LifeLimits | undefined): LifeLimits | undefined {
  if (!one || !other) return one ?? other;
  const life: { -readonly [Part in keyof LifeLimits]: LifeLimits[Part] } = { ...one };
  for (const part of ['idleCloseMs', 'staleAfterMs', 'resetAfterBytes', 'resetAfterMs', 'bytesPerSecond'] as const) {
    const bound = least(one[part], other[part]);
    if (bound !== undefined) life[part] = bound;
  }
  const closeDelayMs = (one.closeDelayMs ?? 0) + (other.closeDelayMs ?? 0); // delays add up, like all waits
  if (closeDelayMs > 0) life.closeDelayMs = closeDelayMs;
  return life;
}

function least(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined ? other : other === undefined ? one : Math.min(one, other);
}
