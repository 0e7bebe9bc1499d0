// Rows of numbers and texts, packed where they are gathered, and read in another thread as they were sent: no object for each.

/** How much of each a row has. */
export interface Layout {
  /** Whole numbers of 32 bits; larger ones are cut to that. */
  readonly numbers: number;
  /** Texts that many rows have. */
  readonly common: number;
  /** Texts that few rows have, of at most 32 places. */
  readonly own: number;
}

/** What is handed over at once: its arrays are transferred, and gone where they were made. */
export interface Rows {
  readonly count: number;
  /** Milliseconds, one of each row. */
  readonly moments: Float64Array<ArrayBuffer>;
  /** Of each row: its numbers, which common texts it has, which places of its own texts are filled, and the first of those. */
  readonly cells: Int32Array<ArrayBuffer>;
  /** Own texts, one after the other, and where each ends. */
  readonly own: string;
  readonly ends: Int32Array<ArrayBuffer>;
  /** Common texts that no rows before had; they are counted on. */
  readonly common: readonly string[];
}

/** Rows in one handing over: some two milliseconds of work. */
export const MAX_ROWS = 1024;
/** Texts that are looked up, so that they are sent once; then another such number of them is. */
const MAX_LOOKED_UP = 16_384;

/** Nothing, in the place of a number, and in that of a common text. */
const NO_NUMBER = -(2 ** 31);
const NO_TEXT = -1;
const MAX_NUMBER = 2 ** 31 - 1;

const widthOf = ({ numbers, common }: Layout): number => numbers + common + 2;

/** Row by row; of each first its moment, and then its numbers, its common texts and its own, each in their order. */
export class RowWriter {
  readonly #width: number;
  readonly #moments: Float64Array<ArrayBuffer>;
  readonly #cells: Int32Array<ArrayBuffer>;
  #next = 0;
  #count = 0;
  /** Own texts of rows that have not been given yet, and those that the next row begins with. */
  #own: string[] = [];
  readonly #ends: Int32Array<ArrayBuffer>;
  #length = 0;
  #first = 0;
  #place = 0;
  #filled = 0;
  #common: string[] = [];
  #commonCount = 0;
  readonly #known = new Map<string, number>();

  constructor(layout: Layout) {
    this.#width = widthOf(layout);
    this.#moments = new Float64Array(MAX_ROWS);
    this.#cells = new Int32Array(MAX_ROWS * this.#width);
    this.#ends = new Int32Array(MAX_ROWS * layout.own);
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

  own(text: string | null): void {
    const place = this.#place++;
    if (text === null) return;
    this.#filled |= 1 << place;
    this.#length += text.length;
    this.#ends[this.#own.length] = this.#length;
    this.#own.push(text);
  }

  /** The row is whole. Gives rows where there are so many as are handed over. */
  end(): Rows | undefined {
    this.#cells[this.#next++] = this.#filled;
    this.#cells[this.#next++] = this.#first;
    this.#first = this.#own.length;
    this.#filled = this.#place = 0;
    return ++this.#count === MAX_ROWS ? this.rest() : undefined;
  }

  /** Whole rows that have not been given yet. */
  rest(): Rows {
    const rows = {
      count: this.#count,
      moments: this.#moments.slice(0, this.#count),
      cells: this.#cells.slice(0, this.#next),
      own: this.#own.join(''),
      ends: this.#ends.slice(0, this.#own.length),
      common: this.#common,
    };
    this.#count = this.#next = this.#length = this.#first = 0;
    [this.#own, this.#common] = [[], []];
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

/** Those arrays of it that are not copied to where it goes. */
export const transferredOf = ({ moments, cells, ends }: Rows): ArrayBuffer[] => [
  moments.buffer,
  cells.buffer,
  ends.buffer,
];

/** Of one writer's rows, in the order in which they were given. */
export class RowReader {
  readonly #layout: Layout;
  readonly #common: string[] = [];

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  read(rows: Rows): Sheet {
    for (const text of rows.common) this.#common.push(text);
    return new Sheet(rows, this.#layout, this.#common);
  }
}

/** Rows as they came; whatever is in them is read when it is asked for, by row and place. */
export class Sheet {
  readonly count: number;
  readonly #rows: Rows;
  readonly #width: number;
  readonly #numbers: number;
  readonly #known: readonly string[];

  constructor(rows: Rows, layout: Layout, known: readonly string[]) {
    this.count = rows.count;
    this.#rows = rows;
    this.#width = widthOf(layout);
    this.#numbers = layout.numbers;
    this.#known = known;
  }

  moment(row: number): number {
    return this.#rows.moments[row] as number;
  }

  number(row: number, place: number): number | null {
    const value = this.#rows.cells[row * this.#width + place] as number;
    return value === NO_NUMBER ? null : value;
  }

  common(row: number, place: number): string | null {
    const text = this.#rows.cells[row * this.#width + this.#numbers + place] as number;
    return text === NO_TEXT ? null : (this.#known[text] as string);
  }

  own(row: number, place: number): string | null {
    const { cells, own, ends } = this.#rows;
    const after = (row + 1) * this.#width;
    const filled = cells[after - 2] as number;
    if ((filled & (1 << place)) === 0) return null;
    const text = (cells[after - 1] as number) + onesIn(filled & ((1 << place) - 1));
    return own.slice(text === 0 ? 0 : ends[text - 1], ends[text]);
  }
}

function onesIn(bits: number): number {
  let ones = 0;
  for (let left = bits; left !== 0; left &= left - 1) ones++;
  return ones;
}
