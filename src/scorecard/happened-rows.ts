// What happened in the box office as rows: how each is written down, and what reads from its row whatever it is asked for.
import type { Happening } from '../journal/entry.ts';
import type { Chunk } from './columns.ts';
import type { Happened } from './evidence.ts';
import { RowWriter } from './row-writer.ts';
import type { Layout, Rows } from './rows.ts';

/** Of the client whose reservation it is. */
export type OwnedHappening = Happened<string> & { readonly client: string };

/** Places of numbers. The moment of a row is in box-office time, which may be far from ours. */
const AT = 0;
const SEATS = 1;

/** Places of texts that many have, after the client's. */
const HAPPENED = 1;
const SESSION = 2;

/** Places of names. */
const RESERVATION = 0;
const ORDER = 1;
const EXTERNAL_REF = 2;

export const HAPPENED_LAYOUT: Layout = {
  numbers: SEATS + 1,
  common: SESSION + 1,
  names: EXTERNAL_REF + 1,
};

export class HappenedWriter {
  readonly #rows = new RowWriter(HAPPENED_LAYOUT);

  /** Gives rows where there are so many as are handed over. In the order of the places. */
  add(happening: OwnedHappening): Rows | undefined {
    const rows = this.#rows;
    rows.moment(happening.boxOfficeAt);
    rows.number(happening.at);
    rows.number(happening.seats);
    rows.common(happening.client);
    rows.common(happening.happened);
    rows.common(happening.session);
    rows.name(happening.reservation);
    rows.name(happening.order);
    rows.name(happening.externalRef);
    return rows.end();
  }

  rest(): Rows {
    return this.#rows.rest();
  }
}

/** One row of a client's: it takes no memory but for where that is. */
export class RowHappened implements Happened<number> {
  readonly #of: Chunk;
  readonly #row: number;

  constructor(of: Chunk, row: number) {
    this.#of = of;
    this.#row = row;
  }

  get at(): number {
    return this.#of.number(this.#row, AT) as number;
  }
  get boxOfficeAt(): number {
    return this.#of.moment(this.#row);
  }
  get seats(): number {
    return this.#of.number(this.#row, SEATS) as number;
  }
  get happened(): Happening {
    return this.#of.common(this.#row, HAPPENED) as Happening;
  }
  get session(): string {
    return this.#of.common(this.#row, SESSION) as string;
  }
  get reservation(): number {
    return this.#of.name(this.#row, RESERVATION) as number;
  }
  get order(): number | null {
    return this.#of.name(this.#row, ORDER);
  }
  get externalRef(): number | null {
    return this.#of.name(this.#row, EXTERNAL_REF);
  }
}
