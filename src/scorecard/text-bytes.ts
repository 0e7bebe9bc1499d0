// Texts as bytes, one after the other: a thread hands them to another as one piece of memory, and no text is made of those that nobody reads.
import { enlarged } from './array-memory.ts';

/** Begins a character that is written as two bytes more. */
const ESCAPE = 0xff;
/** At most, of a character. */
const CHARACTER_BYTES = 3;
/** Room to begin with; more is made as it is needed. */
const FIRST_BYTES = 2 ** 16;

/** Writes a text into bytes that have room for it, so that different ones differ; gives where it ends. */
function writeText(text: string, bytes: Uint8Array, from: number): number {
  let to = from;
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place);
    if (unit < ESCAPE) bytes[to++] = unit;
    else {
      bytes[to++] = ESCAPE;
      bytes[to++] = unit >> 8;
      bytes[to++] = unit & 0xff;
    }
  }
  return to;
}

export function readText(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let place = from; place < to; place++) {
    const unit = bytes[place] as number;
    text += String.fromCharCode(unit < ESCAPE ? unit : ((bytes[++place] as number) << 8) | (bytes[++place] as number));
  }
  return text;
}

/** Texts one after the other, and where each ends. */
export interface Texts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ends: Int32Array<ArrayBuffer>;
}

/** Where the text at a place, counted from 0, begins. */
export const startOf = ({ ends }: Pick<Texts, 'ends'>, place: number): number =>
  place === 0 ? 0 : (ends[place - 1] as number);

export class TextWriter {
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;
  readonly #ends: Int32Array<ArrayBuffer>;
  #count = 0;

  /** Of at most so many texts at a time. */
  constructor(most: number) {
    this.#ends = new Int32Array(most);
  }

  /** Gives how many there are with it. */
  add(text: string): number {
    const most = this.#length + text.length * CHARACTER_BYTES;
    if (most > this.#bytes.length) this.#bytes = enlarged(this.#bytes, 2 * most);
    this.#length = writeText(text, this.#bytes, this.#length);
    this.#ends[this.#count] = this.#length;
    return ++this.#count;
  }

  /** What was added since it was last taken. */
  take(): Texts {
    const taken = { bytes: this.#bytes.slice(0, this.#length), ends: this.#ends.slice(0, this.#count) };
    this.#length = this.#count = 0;
    return taken;
  }
}
