// Which letter and colour a client has on a seat map: given when it is first seen, and kept, so that nothing changes its look.

export interface Mark {
  readonly letter: string;
  /** Of the colours of series, from 1 on. */
  readonly colour: number;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const COLOURS = 5;
const OTHER = '+';

export class Marks {
  readonly #given = new Map<string, Mark>();

  /** In the order in which clients are asked for; those beyond the alphabet share one. */
  of(client: string): Mark {
    const known = this.#given.get(client);
    if (known) return known;
    const nth = this.#given.size;
    const mark = { letter: LETTERS[nth] ?? OTHER, colour: (nth % COLOURS) + 1 };
    if (nth < LETTERS.length) this.#given.set(client, mark);
    return mark;
  }
}
