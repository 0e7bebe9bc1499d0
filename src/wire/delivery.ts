// How an answer is to reach its client: described by faults, performed by send.ts alone.
import type { Reply } from './reply.ts';

/** What becomes of the connection after what was sent, mildest first; of two, the harsher wins. */
export const ENDINGS = ['keep', 'close', 'reset', 'hang'] as const;
export type Ending = (typeof ENDINGS)[number];

/** Not even the head of the answer is sent. */
export const BEFORE_HEAD = -1;

export interface Delivery {
  readonly reply: Reply;
  /** Bytes of body let through before the ending, BEFORE_HEAD for nothing at all; unset: the whole answer. */
  readonly cutAt?: number;
  /** Bytes of body a second; unset: as fast as the socket takes them. */
  readonly bytesPerSecond?: number;
  readonly ending: Ending;
}

/** The answer as it would go without faults. */
export function plainDelivery(reply: Reply): Delivery {
  return { reply, ending: 'keep' };
}

/** Joins what two faults want: the later reply, the slowest pace, the earliest cut, the harshest ending. */
export function harsher(one: Delivery, other: Delivery): Delivery {
  return {
    reply: other.reply,
    cutAt: least(one.cutAt, other.cutAt),
    bytesPerSecond: least(one.bytesPerSecond, other.bytesPerSecond),
    ending: ENDINGS.indexOf(other.ending) > ENDINGS.indexOf(one.ending) ? other.ending : one.ending,
  };
}

const least = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

/** A place to cut within the body, so that never all of it arrives: the one asked for, or the middle. */
export function cutWithin({ body }: Reply, afterBytes: number | undefined): number {
  const length = Buffer.byteLength(body);
  if (length === 0) return BEFORE_HEAD; // an answer without a body would arrive whole
  return Math.min(afterBytes ?? Math.floor(length / 2), Math.max(0, length - 1));
}
