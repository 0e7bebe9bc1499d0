// How an answer is to reach its client: described by faults, performed by send.ts alone.
import type { Header, Reply } from './reply.ts';

/** What becomes of the connection after what was sent, mildest first; of two, the harsher wins. */
export const ENDINGS = ['keep', 'close', 'reset', 'hang'] as const;
export type Ending = (typeof ENDINGS)[number];

/** Not even the head of the answer is sent. */
export const BEFORE_HEAD = -1;

/** Interim answers (103 Early Hints), sent while the answer itself is withheld. */
export interface Hints {
  /** Milliseconds from one to the next; the first comes at once. */
  readonly everyMs: number;
  /** Value of their Link header. */
  readonly link: string;
}

export interface Delivery {
  readonly reply: Reply;
  /** Bytes of body let through before the ending, BEFORE_HEAD for nothing at all; unset: the whole answer. */
  readonly cutAt?: number;
  /** Bytes of body a second; unset: as fast as the socket takes them. */
  readonly bytesPerSecond?: number;
  readonly ending: Ending;
  /** Sent in the place of head and body, and cut, paced and ended like a body; the connection is of no use afterwards. */
  readonly instead?: Buffer;
  /** Sent for ever instead of the head when it is withheld, with the cut before it and the ending `hang`. */
  readonly hints?: Hints;
  /** Bytes that Content-Length says more (or less, if negative) than the body has; an answer without a body has none to lie about. */
  readonly lengthOff?: number;
  /** Headers sent besides those of the reply, also where each must come once. */
  readonly also?: readonly Header[];
}

/** The answer as it would go without faults. */
export function plainDelivery(reply: Reply): Delivery {
  return { reply, ending: 'keep' };
}

/**
 * Joins what two faults want: the slowest pace, the earliest cut, the harshest ending, the rarer hints, the greater lie.
 * Of the reply, the bytes in its place and further headers it takes the later ones, which build on the earlier.
 */
export function harsher(one: Delivery, other: Delivery): Delivery {
  return {
    reply: other.reply,
    cutAt: least(one.cutAt, other.cutAt),
    bytesPerSecond: least(one.bytesPerSecond, other.bytesPerSecond),
    ending: ENDINGS.indexOf(other.ending) > ENDINGS.indexOf(one.ending) ? other.ending : one.ending,
    instead: other.instead ?? one.instead,
    hints: rarer(one.hints, other.hints),
    lengthOff: fartherOff(one.lengthOff, other.lengthOff),
    also: other.also ?? one.also,
  };
}

const least = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

const rarer = (a: Hints | undefined, b: Hints | undefined): Hints | undefined =>
  a && b ? (b.everyMs > a.everyMs ? b : a) : (a ?? b);

/** Of two that are as far off, the longer: it leaves the client waiting. */
const fartherOff = (a: number | undefined, b: number | undefined): number | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.abs(a) === Math.abs(b) ? Math.max(a, b) : Math.abs(a) > Math.abs(b) ? a : b;
};

/** Bytes of a reply's body that go out: none to HEAD, and none under a status that has none (RFC 9110 6.4.1). */
export function bodyBytes({ status, body }: Reply, method: string): number {
  return method === 'HEAD' || isBodiless(status) ? 0 : Buffer.byteLength(body);
}

export const isBodiless = (status: number): boolean => status === 204 || status === 304;

/** A place to cut within a body of so many bytes, so that never all of it arrives: the one asked for, or the middle. */
export function cutWithin(bytes: number, afterBytes: number | undefined): number {
  return Math.min(afterBytes ?? Math.floor(bytes / 2), bytes - 1);
}
