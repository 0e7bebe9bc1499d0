// Texts of which each row has one of its own, as request ids: many in one piece, and hardly any is ever read.
import { type JoinedTexts, MAX_ROWS } from './rows.ts';

export function joined(texts: readonly string[]): JoinedTexts {
  const ends = new Int32Array(texts.length);
  let end = 0;
  texts.forEach((text, place) => {
    end += text.length;
    ends[place] = end;
  });
  return { all: texts.join(''), ends };
}

/** Those of all rows that were handed over. */
export class OwnTexts {
  readonly #parts: JoinedTexts[] = [];

  /** Gives the number of the first of them; the others are counted on. Of at most as many as are handed over at once. */
  add(texts: JoinedTexts): number {
    return MAX_ROWS * (this.#parts.push(texts) - 1);
  }

  at(number: number): string {
    const place = number % MAX_ROWS;
    const { all, ends } = this.#parts[(number - place) / MAX_ROWS] as JoinedTexts;
    return all.slice(place === 0 ? 0 : ends[place - 1], ends[place]);
  }
}
