// Rows of many clients, each client's by themselves.
import { Columns } from './columns.ts';
import { type Names, release } from './names.ts';
import { CLIENT, type Layout, NO_NAME, type Rows, widthOf } from './rows.ts';
import { HASH_CELLS } from './text-hash.ts';

/** Of one writer's rows, in the order in which they were given. */
export class Gathered {
  readonly #layout: Layout;
  readonly #names: Names;
  readonly #common: string[] = [];
  /** Of common texts that are names, as far as they were asked for. */
  readonly #commonNames: number[] = [];
  /** Of common texts that are clients' names, as far as they have come. */
  readonly #columns: (Columns | undefined)[] = [];
  readonly #byClient = new Map<string, Columns>();

  constructor(layout: Layout, names: Names) {
    this.#layout = layout;
    this.#names = names;
  }

  /** The rows are taken over, and are gone afterwards. */
  take(rows: Rows): void {
    for (const text of rows.common) {
      this.#common.push(text);
      this.#commonNames.push(NO_NAME);
      this.#columns.push(undefined);
    }
    this.#nameAll(rows);
    const width = widthOf(this.#layout);
    const client = this.#layout.numbers + CLIENT;
    for (let row = 0; row < rows.count; row++)
      this.#columnsOf(rows.cells[row * width + client] as number).add(rows, row);
    for (const part of [rows.moments, rows.cells, rows.names, rows.own.bytes, rows.own.ends]) release(part);
  }

  get clients(): Iterable<string> {
    return this.#byClient.keys();
  }

  /** Nothing where there is nothing of that client. */
  of(client: string): Columns | undefined {
    return this.#byClient.get(client);
  }

  #columnsOf(text: number): Columns {
    this.#columns[text] ??= this.#columnsNamed(this.#common[text] as string);
    return this.#columns[text];
  }

  /** A text may have come several times. */
  #columnsNamed(client: string): Columns {
    const known = this.#byClient.get(client);
    if (known) return known;
    const columns = new Columns(this.#layout, this.#common);
    this.#byClient.set(client, columns);
    return columns;
  }

  /** Each name becomes the number that stands for it everywhere. */
  #nameAll({ count, cells, names }: Rows): void {
    const width = widthOf(this.#layout);
    for (let row = 0; row < count; row++)
      for (let cell = (row + 1) * width - this.#layout.names; cell < (row + 1) * width; cell++) {
        const told = cells[cell] as number;
        if (told < 0) cells[cell] = this.#commonName(-1 - told);
        else if (told > 0) cells[cell] = this.#names.of(names, HASH_CELLS * (told - 1));
      }
  }

  #commonName(text: number): number {
    if (this.#commonNames[text] === NO_NAME) this.#commonNames[text] = this.#names.ofText(this.#common[text] as string);
    return this.#commonNames[text] as number;
  }
}
