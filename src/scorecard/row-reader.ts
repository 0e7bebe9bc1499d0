// Reads rows as they were handed over.
import { type Names, release } from './names.ts';
import { type Layout, NO_NAME, NO_NUMBER, NO_TEXT, type Rows, widthOf } from './rows.ts';
import { readText, startOf, type Texts } from './text-bytes.ts';

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
    release(rows.names.bytes);
    release(rows.names.ends);
    return new Sheet(rows, this.#layout, this.#common);
  }

  /** Each name becomes the number that stands for it everywhere. */
  #nameAll({ count, cells, names }: Rows): void {
    const width = widthOf(this.#layout);
    for (let row = 0; row < count; row++)
      for (let cell = (row + 1) * width - this.#layout.names; cell < (row + 1) * width; cell++) {
        const told = cells[cell] as number;
        if (told < 0) cells[cell] = this.#commonName(-1 - told);
        else if (told > 0)
          cells[cell] = this.#names.of(names.bytes, startOf(names, told - 1), names.ends[told - 1] as number);
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
  readonly #own: Texts;
  readonly #width: number;
  readonly #numbers: number;
  readonly #names: number;
  readonly #ownCount: number;
  readonly #known: readonly string[];

  constructor({ count, moments, cells, own }: Rows, layout: Layout, known: readonly string[]) {
    this.count = count;
    this.#moments = moments;
    this.#cells = cells;
    this.#own = own;
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
    return readText(this.#own.bytes, startOf(this.#own, text), this.#own.ends[text] as number);
  }
}
