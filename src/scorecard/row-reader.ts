// Reads the rows of one writer, and hands each of them to the client whose it is.
import { enlarged, release } from './array-memory.ts';
import type { KnownTexts } from './columns.ts';
import type { Names } from './names.ts';
import { OwnTexts } from './own-texts.ts';
import { CLIENT, type Layout, type Rows, widthOf } from './rows.ts';
import { HASH_CELLS, hashText } from './text-hash.ts';

/** What takes a client's rows, and what its names are numbered by. */
export interface ClientRows {
  readonly columns: { add(rows: Rows, row: number, own: number): void };
  readonly names: Names;
}

export class RowReader {
  readonly #layout: Layout;
  readonly #rowsOf: (client: string, texts: KnownTexts) => ClientRows;
  readonly #common: string[] = [];
  readonly #own = new OwnTexts();
  /** Of common texts, one after the other. */
  #hashes = new Int32Array(HASH_CELLS);
  /** Of common texts that are clients' names, as far as they have come. */
  readonly #clients: (ClientRows | undefined)[] = [];

  /** `rowsOf` is given all texts, those that are to come too. */
  constructor(layout: Layout, rowsOf: (client: string, texts: KnownTexts) => ClientRows) {
    this.#layout = layout;
    this.#rowsOf = rowsOf;
  }

  /** Of rows in the order in which they were given; they are taken over, and are gone afterwards. */
  take(rows: Rows): void {
    for (const text of rows.common) this.#learn(text);
    const { numbers } = this.#layout;
    const width = widthOf(this.#layout);
    const own = this.#own.add(rows.own);
    for (let row = 0; row < rows.count; row++) {
      const { columns, names } = this.#clientOf(rows.cells[row * width + numbers + CLIENT] as number);
      this.#name(rows, (row + 1) * width, names);
      columns.add(rows, row, own + row);
    }
    for (const part of [rows.moments, rows.cells, rows.names]) release(part);
  }

  #learn(text: string): void {
    const at = HASH_CELLS * this.#common.length;
    if (at === this.#hashes.length) this.#hashes = enlarged(this.#hashes, 2 * at);
    hashText(text, this.#hashes, at);
    this.#common.push(text);
    this.#clients.push(undefined);
  }

  #clientOf(client: number): ClientRows {
    this.#clients[client] ??= this.#rowsOf(this.#common[client] as string, { common: this.#common, own: this.#own });
    return this.#clients[client];
  }

  /** Each name of the row that ends there becomes the number that stands for it. */
  #name({ cells, names: hashes }: Rows, end: number, names: Names): void {
    for (let cell = end - this.#layout.names; cell < end; cell++) {
      const told = cells[cell] as number;
      if (told < 0) cells[cell] = names.of(this.#hashes, HASH_CELLS * (-1 - told));
      else if (told > 0) cells[cell] = names.of(hashes, HASH_CELLS * (told - 1));
    }
  }
}
