// Short names in the place of what nobody may read: the same for the same text, and of no use to who guesses at the text.
import { type Halves, halfSipHash } from './half-sip-hash.ts';

/** Of a text, and of bytes that follow it, by a secret: whoever does not have it cannot try texts out. */
export type Pseudonym = (text: string, bytes?: Buffer) => string;

/** Bytes that nearly all are shorter than, kept ready. */
const READY_BYTES = 4096;
const WORD_BYTES = 4;
const MAX_ASCII = 0x7f;
/** A UTF-16 unit takes so many bytes of UTF-8 at most. */
const MAX_UNIT_BYTES = 3;

/** `secret`: 8 bytes, of one process, so that nothing can be compared beyond it. */
export function createPseudonym(secret: Buffer): Pseudonym {
  const key: Halves = [secret.readInt32LE(0), secret.readInt32LE(4)];
  const ready = room(READY_BYTES);
  const digest = (text: string, bytes: Buffer | undefined): string => {
    const most = text.length * MAX_UNIT_BYTES + (bytes?.length ?? 0) + WORD_BYTES;
    const { buffer, words } = most <= READY_BYTES ? ready : room(most);
    let length = write(buffer, text);
    if (bytes) {
      buffer.set(bytes, length);
      length += bytes.length;
    }
    const count = Math.floor(length / WORD_BYTES) + 1;
    const end = count * WORD_BYTES - 1;
    for (let at = length; at < end; at++) buffer[at] = 0;
    buffer[end] = length;
    return written(halfSipHash(key, words, count));
  };
  // what happens to an order is told several times in a row
  let [last, ofLast] = ['', digest('', undefined)];
  return (text, bytes) => {
    if (bytes) return digest(text, bytes);
    if (text !== last) [last, ofLast] = [text, digest(text, undefined)];
    return ofLast;
  };
}

/** As UTF-8; gives how many bytes it takes. A call to do so costs more than most texts have letters. */
function write(buffer: Buffer, text: string): number {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > MAX_ASCII) return buffer.write(text);
    buffer[at] = unit;
  }
  return text.length;
}

function room(bytes: number): { readonly buffer: Buffer; readonly words: Int32Array } {
  const memory = new ArrayBuffer(Math.ceil(bytes / WORD_BYTES) * WORD_BYTES);
  return { buffer: Buffer.from(memory), words: new Int32Array(memory) };
}

const DIGITS = Buffer.from('0123456789abcdefghijklmnopqrstuv');

/** Twelve digits, five bits each: 60 bits, so many that two texts of a journal hardly ever share one. */
function written([low, high]: Halves): string {
  const digit = (bits: number, shift: number): number => DIGITS[(bits >>> shift) & 31] as number;
  return String.fromCharCode(
    digit(low, 0),
    digit(low, 5),
    digit(low, 10),
    digit(low, 15),
    digit(low, 20),
    digit(low, 25),
    digit(high, 0),
    digit(high, 5),
    digit(high, 10),
    digit(high, 15),
    digit(high, 20),
    digit(high, 25),
  );
}
