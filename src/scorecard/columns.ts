// The rows of one client, all that is in one place of them side by side, so that going through them reads memory in its order.
import { release } from './names.ts';
import { type Layout, NO_NAME, NO_NUMBER, NO_TEXT, type Rows, widthOf } from './rows.ts';
import { readText, startOf } from './text-bytes.ts';

const FIRST_ROWS = 32;
const FIRST_BYTES = 1024;

/** Whatever is in a row is read when it is asked for, by row and place. */
export class Columns {
  #count = 0;
  #moments = new Float64Array(FIRST_ROWS);
  readonly #cells: Int32Array<ArrayBuffer>[];
  /** Own texts. */
  #bytes = new Uint8Array(FIRST_BYTES);
  #ends: Int32Array<ArrayBuffer>;
  #length = 0;
  readonly #numbers: number;
  readonly #names: number;
  readonly #own: number;
  readonly #known: readonly string[];

  /** `known` are common texts by their numbers, those that are to come too. */
  constructor(layout: Layout, known: readonly string[]) {
    this.#cells = Array.from({ length: widthOf(layout) }, () => new Int32Array(FIRST_ROWS));
    this.#ends = new Int32Array(FIRST_ROWS * layout.own);
    this.#numbers = layout.numbers;
    this.#names = layout.numbers + layout.common;
    this.#own = layout.own;
    this.#known = known;
  }

  get count(): number {
    return this.#count;
  }

  /** Takes in a row of those that were handed over, whose names are numbers by now. */
  add({ moments, cells, own }: Rows, row: number): void {
    const at = this.#count;
    if (at === this.#moments.length) this.#grow();
    this.#moments[at] = moments[row] as number;
    const width = this.#cells.length;
    for (let place = 0; place < width; place++)
      (this.#cells[place] as Int32Array)[at] = cells[row * width + place] as number;
    for (let text = 0; text < this.#own; text++) {
      const from = row * this.#own + text;
      this.#addOwn(own.bytes, startOf(own, from), own.ends[from] as number);
      this.#ends[at * this.#own + text] = this.#length;
    }
    this.#count++;
  }

  moment(row: number): number {
    return this.#moments[row] as number;
  }

  number(row: number, place: number): number | null {
    const value = (this.#cells[place] as Int32Array)[row] as number;
    return value === NO_NUMBER ? null : value;
  }

  common(row: number, place: number): string | null {
    const text = (this.#cells[this.#numbers + place] as Int32Array)[row] as number;
    return text === NO_TEXT ? null : (this.#known[text] as string);
  }

  name(row: number, place: number): number | null {
    const name = (this.#cells[this.#names + place] as Int32Array)[row] as number;
    return name === NO_NAME ? null : name;
  }

  own(row: number, place: number): string {
    const text = row * this.#own + place;
    return readText(this.#bytes, startOf({ ends: this.#ends }, text), this.#ends[text] as number);
  }

  /** Nothing of it is read any more. */
  forget(): void {
    for (const part of [this.#moments, this.#bytes, this.#ends, ...this.#cells]) release(part);
  }

  #addOwn(bytes: Uint8Array, from: number, to: number): void {
    const end = this.#length + to - from;
    if (end > this.#bytes.length) this.#bytes = copied(this.#bytes, new Uint8Array(2 * end));
    let at = this.#length;
    for (let byte = from; byte < to; byte++) this.#bytes[at++] = bytes[byte] as number;
    this.#length = end;
  }

  #grow(): void {
    const rows = 2 * this.#moments.length;
    this.#moments = copied(this.#moments, new Float64Array(rows));
    this.#cells.forEach((cells, place) => {
      this.#cells[place] = copied(cells, new Int32Array(rows));
    });
    this.#ends = copied(this.#ends, new Int32Array(rows * this.#own));
  }
}

type Numbers = Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** Whose memory is free from now on. */
function copied<Kind extends Numbers>(before: Kind, larger: Kind): Kind {
  larger.set(before);
  release(before);
  return larger;
}
