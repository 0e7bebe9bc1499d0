// The rows of one client, all that is in one place of them side by side, so that going through them reads memory in its order.
import { enlarged, release } from './array-memory.ts';
import { type Layout, NO_NAME, NO_NUMBER, NO_TEXT, type Rows, widthOf } from './rows.ts';
import { readText, startOf } from './text-bytes.ts';

/** Of a client that has few; it grows by doubling. */
const FIRST_ROWS = 8;
/** Then there is another chunk. */
const CHUNK_ROWS = 4096;
/** Bytes that an own text takes, about. */
const OWN_BYTES = 32;

export class Columns<Item> {
  readonly #layout: Layout;
  readonly #known: readonly string[];
  readonly #make: (of: Chunk, row: number) => Item;
  readonly #chunks: Chunk[] = [];
  readonly #items: Item[] = [];

  /** `known` are common texts by their numbers, those that are to come too; `make` gives what reads a row. */
  constructor(layout: Layout, known: readonly string[], make: (of: Chunk, row: number) => Item) {
    this.#layout = layout;
    this.#known = known;
    this.#make = make;
  }

  /** Takes in a row of those that were handed over, whose names are numbers by now. */
  add(rows: Rows, row: number): void {
    const last = this.#chunks.at(-1);
    const chunk = last && last.count < CHUNK_ROWS ? last : this.#begin();
    this.#items.push(this.#make(chunk, chunk.add(rows, row)));
  }

  /** One of each row, in their order. */
  get items(): Item[] {
    return this.#items;
  }

  /** Nothing of it is read any more. */
  forget(): void {
    for (const chunk of this.#chunks) chunk.forget();
  }

  #begin(): Chunk {
    const chunk = new Chunk(this.#layout, this.#known, this.#chunks.length > 0 ? CHUNK_ROWS : FIRST_ROWS);
    this.#chunks.push(chunk);
    return chunk;
  }
}

/** Whatever is in a row is read when it is asked for, by row and place. */
export class Chunk {
  readonly #layout: Layout;
  readonly #known: readonly string[];
  /** That there is room for. */
  #rows: number;
  #moments: Float64Array<ArrayBuffer>;
  /** Of each place all rows; in the last one is where the own texts end, if there are any. */
  #cells: Int32Array<ArrayBuffer>;
  #own: Uint8Array<ArrayBuffer>;
  /** Places of the first common text and of the first name, and the one after all of those. */
  readonly #common: number;
  readonly #names: number;
  readonly #ends: number;
  #count = 0;
  #ownBytes = 0;

  constructor(layout: Layout, known: readonly string[], rows: number) {
    this.#layout = layout;
    this.#known = known;
    this.#rows = rows;
    this.#moments = new Float64Array(rows);
    this.#cells = new Int32Array(rows * placesOf(layout));
    this.#own = new Uint8Array(layout.hasOwn ? rows * OWN_BYTES : 0);
    this.#common = layout.numbers;
    this.#names = layout.numbers + layout.common;
    this.#ends = widthOf(layout);
  }

  get count(): number {
    return this.#count;
  }

  /** Gives which row it is here. */
  add({ moments, cells, own }: Rows, row: number): number {
    if (this.#count === this.#rows) this.#grow();
    const at = this.#count++;
    this.#moments[at] = moments[row] as number;
    const width = this.#ends;
    for (let place = 0; place < width; place++)
      this.#cells[place * this.#rows + at] = cells[row * width + place] as number;
    if (this.#layout.hasOwn) {
      this.#addOwn(own.bytes, startOf(own, row), own.ends[row] as number);
      this.#cells[width * this.#rows + at] = this.#ownBytes;
    }
    return at;
  }

  moment(row: number): number {
    return this.#moments[row] as number;
  }

  number(row: number, place: number): number | null {
    const value = this.#cells[place * this.#rows + row] as number;
    return value === NO_NUMBER ? null : value;
  }

  common(row: number, place: number): string | null {
    const text = this.#cells[(this.#common + place) * this.#rows + row] as number;
    return text === NO_TEXT ? null : (this.#known[text] as string);
  }

  name(row: number, place: number): number | null {
    const name = this.#cells[(this.#names + place) * this.#rows + row] as number;
    return name === NO_NAME ? null : name;
  }

  own(row: number): string {
    return readText(this.#own, row === 0 ? 0 : this.#endOf(row - 1), this.#endOf(row));
  }

  forget(): void {
    for (const part of [this.#moments, this.#cells, this.#own]) release(part);
  }

  #endOf(row: number): number {
    return this.#cells[this.#ends * this.#rows + row] as number;
  }

  #grow(): void {
    const [rows, moments, cells] = [this.#rows, this.#moments, this.#cells];
    this.#rows = 2 * rows;
    this.#moments = enlarged(moments, this.#rows);
    this.#cells = new Int32Array(2 * cells.length);
    for (let from = 0; from < cells.length; from += rows) this.#cells.set(cells.subarray(from, from + rows), 2 * from);
    release(moments);
    release(cells);
  }

  #addOwn(bytes: Uint8Array, from: number, to: number): void {
    const end = this.#ownBytes + to - from;
    if (end > this.#own.length) {
      const before = this.#own;
      this.#own = enlarged(before, 2 * end);
      release(before);
    }
    let at = this.#ownBytes;
    for (let byte = from; byte < to; byte++) this.#own[at++] = bytes[byte] as number;
    this.#ownBytes = end;
  }
}

const placesOf = (layout: Layout): number => widthOf(layout) + (layout.hasOwn ? 1 : 0);
