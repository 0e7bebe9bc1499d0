// Packs rows where they are gathered.
import { joined } from './own-texts.ts';
import { type Layout, MAX_ROWS, NO_NAME, NO_NUMBER, NO_TEXT, type Rows, widthOf } from './rows.ts';
import { HASH_CELLS, hashText } from './text-hash.ts';

const MAX_NUMBER = 2 ** 31 - 1;
/** Texts that are looked up, so that they are sent once; then another such number of them is. */
const MAX_LOOKED_UP = 16_384;

/** Row by row; of each first its moment, and then its numbers, its common texts, its names and its own, each in their order. */
export class RowWriter {
  readonly #moments: Float64Array<ArrayBuffer>;
  readonly #cells: Int32Array<ArrayBuffer>;
  #next = 0;
  #count = 0;
  #own: string[] = [];
  readonly #names: Int32Array<ArrayBuffer>;
  #nameCount = 0;
  #common: string[] = [];
  #commonCount = 0;
  readonly #known = new Map<string, number>();

  constructor(layout: Layout) {
    this.#moments = new Float64Array(MAX_ROWS);
    this.#cells = new Int32Array(MAX_ROWS * widthOf(layout));
    this.#names = new Int32Array(MAX_ROWS * layout.names * HASH_CELLS);
  }

  moment(at: number): void {
    this.#moments[this.#count] = at;
  }

  number(value: number | null): void {
    this.#cells[this.#next++] = value === null ? NO_NUMBER : Math.max(NO_NUMBER + 1, Math.min(MAX_NUMBER, value));
  }

  common(text: string | null): void {
    this.#cells[this.#next++] = text === null ? NO_TEXT : this.#commonOf(text);
  }

  name(text: string | null): void {
    if (text === null) {
      this.#cells[this.#next++] = NO_NAME;
      return;
    }
    hashText(text, this.#names, HASH_CELLS * this.#nameCount);
    this.#cells[this.#next++] = ++this.#nameCount;
  }

  /** A name that many rows have. */
  commonName(text: string): void {
    this.#cells[this.#next++] = -1 - this.#commonOf(text);
  }

  own(text: string): void {
    this.#own.push(text);
  }

  /** The row is whole. Gives rows where there are so many as are handed over. */
  end(): Rows | undefined {
    return ++this.#count === MAX_ROWS ? this.rest() : undefined;
  }

  /** Whole rows that have not been given yet. */
  rest(): Rows {
    const rows = {
      count: this.#count,
      moments: this.#moments.slice(0, this.#count),
      cells: this.#cells.slice(0, this.#next),
      own: joined(this.#own),
      common: this.#common,
      names: this.#names.slice(0, HASH_CELLS * this.#nameCount),
    };
    this.#count = this.#next = this.#nameCount = 0;
    this.#common = [];
    this.#own = [];
    return rows;
  }

  #commonOf(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size === MAX_LOOKED_UP) this.#known.clear();
    this.#known.set(text, this.#commonCount);
    this.#common.push(text);
    return this.#commonCount++;
  }
}
