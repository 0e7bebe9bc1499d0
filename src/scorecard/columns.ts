// The rows of one client, all that is in one place of them side by side, so that going through them reads memory in its order.
import { enlarged, release } from './array-memory.ts';
import type { OwnTexts } from './own-texts.ts';
import { type Layout, NO_NAME, NO_NUMBER, NO_TEXT, type Rows, widthOf } from './rows.ts';

/** Of a client that has few; it grows by doubling. */
const FIRST_ROWS = 8;
/** Then there is another chunk. */
const CHUNK_ROWS = 4096;

/** By the numbers that are in rows. */
export interface KnownTexts {
  readonly common: readonly string[];
  readonly own: OwnTexts;
}

export class Columns {
  readonly #layout: Layout;
  readonly #known: KnownTexts;
  readonly #tell: (of: Chunk, row: number) => void;
  readonly #chunks: Chunk[] = [];

  /** `known` are also those that are to come; `tell` hears of each row where it is. */
  constructor(layout: Layout, known: KnownTexts, tell: (of: Chunk, row: number) => void) {
    this.#layout = layout;
    this.#known = known;
    this.#tell = tell;
  }

  /** Takes in a row of those that were handed over, whose names are numbers by now, and so is its own text. */
  add(rows: Rows, row: number, own: number): void {
    const last = this.#chunks.at(-1);
    const chunk = last && last.count < CHUNK_ROWS ? last : this.#begin();
    this.#tell(chunk, chunk.add(rows, row, own));
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
  readonly #known: KnownTexts;
  /** That there is room for. */
  #rows: number;
  #moments: Float64Array<ArrayBuffer>;
  /** Of each place all rows; in the last one are the own texts. */
  #cells: Int32Array<ArrayBuffer>;
  /** Places of the first common text, of the first name, and of the own text. */
  readonly #common: number;
  readonly #names: number;
  readonly #own: number;
  #count = 0;

  constructor(layout: Layout, known: KnownTexts, rows: number) {
    this.#known = known;
    this.#rows = rows;
    this.#moments = new Float64Array(rows);
    this.#cells = new Int32Array(rows * (widthOf(layout) + 1));
    this.#common = layout.numbers;
    this.#names = layout.numbers + layout.common;
    this.#own = widthOf(layout);
  }

  get count(): number {
    return this.#count;
  }

  /** Gives which row it is here. */
  add({ moments, cells }: Rows, row: number, own: number): number {
    if (this.#count === this.#rows) this.#grow();
    const at = this.#count++;
    this.#moments[at] = moments[row] as number;
    const width = this.#own;
    for (let place = 0; place < width; place++)
      this.#cells[place * this.#rows + at] = cells[row * width + place] as number;
    this.#cells[width * this.#rows + at] = own;
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
    return text === NO_TEXT ? null : (this.#known.common[text] as string);
  }

  name(row: number, place: number): number | null {
    const name = this.#cells[(this.#names + place) * this.#rows + row] as number;
    return name === NO_NAME ? null : name;
  }

  own(row: number): string {
    return this.#known.own.at(this.#cells[this.#own * this.#rows + row] as number);
  }

  forget(): void {
    for (const part of [this.#moments, this.#cells]) release(part);
  }

  #grow(): void {
    const [rows, cells] = [this.#rows, this.#cells];
    this.#rows = 2 * rows;
    this.#moments = enlarged(this.#moments, this.#rows);
    this.#cells = new Int32Array(2 * cells.length);
    for (let from = 0; from < cells.length; from += rows) this.#cells.set(cells.subarray(from, from + rows), 2 * from);
    release(cells);
  }
}
