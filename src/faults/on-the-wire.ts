// Whether two deliveries look the same to whoever receives them: only what leaves counts.
import { BEFORE_HEAD, type Delivery, isBodiless } from '../wire/answer/delivery.ts';
import { sameBytes, sameHead } from './planned-answer.ts';

export function looksTheSame(one: Delivery, other: Delivery, headOnly: boolean): boolean {
  if (one === other) return true;
  const [seen, otherwise] = [seenOf(one, headOnly), seenOf(other, headOnly)];
  return (
    one.ending === other.ending &&
    sameBytes(seen.bytes, otherwise.bytes) &&
    seen.whole === otherwise.whole &&
    seen.pace === otherwise.pace &&
    seen.hintsEveryMs === otherwise.hintsEveryMs &&
    sameHeads(seen, otherwise)
  );
}

interface Seen {
  /** Whose head goes out, if one does. */
  readonly head: Delivery | undefined;
  /** What its Content-Length says; undefined when it says nothing. */
  readonly length: number | undefined;
  /** All that is sent under the head, or in its place. */
  readonly bytes: Buffer;
  /** Nothing is cut off: the connection may be kept. */
  readonly whole: boolean;
  readonly pace: number | undefined;
  readonly hintsEveryMs: number | undefined;
}

function seenOf(delivery: Delivery, headOnly: boolean): Seen {
  const { reply, instead, cutAt, bytesPerSecond, hints, lengthOff = 0 } = delivery;
  const bodiless = isBodiless(reply.status);
  const body = Buffer.from(reply.body as string);
  const all = instead ?? (headOnly || bodiless ? NOTHING : body);
  const withheld = cutAt === BEFORE_HEAD;
  const bytes = withheld ? NOTHING : all.subarray(0, cutAt ?? all.length);
  return {
    head: withheld || instead ? undefined : delivery,
    length: withheld || instead || bodiless ? undefined : Math.max(0, body.length + lengthOff),
    bytes,
    whole: !withheld && bytes.length === all.length,
    pace: bytes.length > 0 ? bytesPerSecond : undefined,
    hintsEveryMs: withheld && delivery.ending === 'hang' ? hints?.everyMs : undefined,
  };
}

const NOTHING = Buffer.alloc(0);

function sameHeads({ head, length }: Seen, other: Seen): boolean {
  if (!head || !other.head) return head === other.head;
  if (length !== other.length || !sameHead(head.reply, other.head.reply)) return false;
  const [also, otherwise] = [head.also ?? [], other.head.also ?? []];
  return also.length === otherwise.length && also.every((pair, at) => String(pair) === String(otherwise[at]));
}
