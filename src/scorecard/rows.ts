// Rows of numbers and texts, packed where they are gathered, and read in another thread as they were sent: no object for each.
import { CHARACTER_BYTES, type Names, release, writeText } from './names.ts';

/** How much of each a row has. */
export interface Layout {
  /** Whole numbers of 32 bits; larger ones are cut to that. */
  readonly numbers: number;
  /** Texts that many rows have. */
  readonly common: number;
  /** Texts that only tell things apart: they are read as numbers. */
  readonly names: number;
  /** Texts that no other row has, and that are never missing. */
  readonly own: number;
}

/** What is handed over at once: its arrays are transferred, and gone where they were made. */
export interface Rows {
  readonly count: number;
  /** Milliseconds, one of each row. */
  readonly moments: Float64Array<ArrayBuffer>;
  /**
   * Of each row its numbers, its common texts and its names. A name is 0 for none, 1 for the first of the texts below, 2
   * for the second and so on, or -1 for the first common text, -2 for the second and so on.
   */
  readonly cells: Int32Array<ArrayBuffer>;
  /** Own texts, one after the other, and where each ends. */
  readonly own: string;
  readonly ends: Int32Array<ArrayBuffer>;
  /** Common texts that no rows before had; they are counted on. */
  readonly common: readonly string[];
  /** Texts of names, one after the other, and where each ends. */
  readonly names: Uint8Array<ArrayBuffer>;
  readonly nameEnds: Int32Array<ArrayBuffer>;
}

/** Rows in one handing over: some two milliseconds of work. */
export const MAX_ROWS = 1024;
/** Texts that are looked up, so that they are sent once; then another such number of them is. */
const MAX_LOOKED_UP = 16_384;
/** Room for names to begin with; more is made as it is needed. */
const NAME_BYTES = 2 ** 18;

/** Nothing, in the place of a number, and in that of a common text. */
const NO_NUMBER = -(2 ** 31);
const NO_TEXT = -1;
const NO_NAME = 0;
const MAX_NUMBER = 2 ** 31 - 1;

const widthOf = ({ numbers, common, names }: Layout): number => numbers + common + names;

/** Row by row; of each first its moment, and then its numbers, its common texts, its names and its own, each in their order. */
export class RowWriter {
  readonly #moments: Float64Array<ArrayBuffer>;
  readonly #cells: Int32Array<ArrayBuffer>;
  #next = 0;
  #count = 0;
  #own: string[] = [];
  readonly #ends: Int32Array<ArrayBuffer>;
  #length = 0;
  #names = new Uint8Array(NAME_BYTES);
  readonly #nameEnds: Int32Array<ArrayBuffer>;
  #nameCount = 0;
  #nameBytes = 0;
  #common: string[] = [];
  #commonCount = 0;
  readonly #known = new Map<string, number>();

  constructor(layout: Layout) {
    this.#moments = new Float64Array(MAX_ROWS);
    this.#cells = new Int32Array(MAX_ROWS * widthOf(layout));
    this.#ends = new Int32Array(MAX_ROWS * layout.own);
    this.#nameEnds = new Int32Array(MAX_ROWS * layout.names);
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
    const most = this.#nameBytes + text.length * CHARACTER_BYTES;
    if (most > this.#names.length) {
      const larger = new Uint8Array(2 * most);
      larger.set(this.#names);
      this.#names = larger;
    }
    this.#nameBytes = writeText(text, this.#names, this.#nameBytes);
    this.#nameEnds[this.#nameCount++] = this.#nameBytes;
    this.#cells[this.#next++] = this.#nameCount;
  }

  /** A name that many rows have. */
  commonName(text: string): void {
    this.#cells[this.#next++] = -1 - this.#commonOf(text);
  }

  own(text: string): void {
    this.#length += text.length;
    this.#ends[this.#own.length] = this.#length;
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
      own: this.#own.join(''),
      ends: this.#ends.slice(0, this.#own.length),
      common: this.#common,
      names: this.#names.slice(0, this.#nameBytes),
      nameEnds: this.#nameEnds.slice(0, this.#nameCount),
    };
    this.#count = this.#next = this.#length = this.#nameCount = this.#nameBytes = 0;
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
export const transferredOf = ({ moments, cells, ends, names, nameEnds }: Rows): ArrayBuffer[] =>
  [moments, cells, ends, names, nameEnds].map(({ buffer }) => buffer);

/** Of one writer's rows, in the order in which they were given. */
export class RowReader {
  readonly #layout: Layout;
  readonly #names: Names;
  readonly #common: string[] = [];
  /** Of common texts that are names, as far as they were asked for. */
  readonly #commonNames: number[] = [];

  constructor(layout: Layout, names: Names) {
    this.#layout = layout;
    this.#names = names;
  }

  /** The rows are taken over, and changed. */
  read(rows: Rows): Sheet {
    for (const text of rows.common) {
      this.#common.push(text);
      this.#commonNames.push(NO_NAME);
    }
    this.#nameAll(rows);
    release(rows.names);
    release(rows.nameEnds);
    return new Sheet(rows, this.#layout, this.#common);
  }

  /** Each name becomes the number that stands for it everywhere. */
  #nameAll({ count, cells, names, nameEnds }: Rows): void {
    const width = widthOf(this.#layout);
    for (let row = 0; row < count; row++)
      for (let cell = (row + 1) * width - this.#layout.names; cell < (row + 1) * width; cell++) {
        const told = cells[cell] as number;
        if (told < 0) cells[cell] = this.#commonName(-1 - told);
        else if (told > 0)
          cells[cell] = this.#names.of(
            names,
            told === 1 ? 0 : (nameEnds[told - 2] as number),
            nameEnds[told - 1] as number,
          );
      }
  }

  #commonName(text: number): number {
    if (this.#commonNames[text] === NO_NAME) this.#commonNames[text] = this.#names.ofText(this.#common[text] as string);
    return this.#commonNames[text] as number;
  }
}

/** Rows as they came; whatever is in them is read when it is asked for, by row and place. */
export class Sheet {
  readonly count: number;
  readonly #moments: Float64Array;
  readonly #cells: Int32Array;
  readonly #own: string;
  readonly #ends: Int32Array;
  readonly #width: number;
  readonly #numbers: number;
  readonly #names: number;
  readonly #ownCount: number;
  readonly #known: readonly string[];

  constructor({ count, moments, cells, own, ends }: Rows, layout: Layout, known: readonly string[]) {
    this.count = count;
    this.#moments = moments;
    this.#cells = cells;
    this.#own = own;
    this.#ends = ends;
    this.#width = widthOf(layout);
    this.#numbers = layout.numbers;
    this.#names = layout.numbers + layout.common;
    this.#ownCount = layout.own;
    this.#known = known;
  }

  moment(row: number): number {
    return this.#moments[row] as number;
  }

  number(row: number, place: number): number | null {
    const value = this.#cells[row * this.#width + place] as number;
    return value === NO_NUMBER ? null : value;
  }

  common(row: number, place: number): string | null {
    const text = this.#cells[row * this.#width + this.#numbers + place] as number;
    return text === NO_TEXT ? null : (this.#known[text] as string);
  }

  name(row: number, place: number): number | null {
    const name = this.#cells[row * this.#width + this.#names + place] as number;
    return name === NO_NAME ? null : name;
  }

  own(row: number, place: number): string {
    const text = row * this.#ownCount + place;
    return this.#own.slice(text === 0 ? 0 : this.#ends[text - 1], this.#ends[text]);
  }
}
