// Hall layouts as pictures: a row is a text such as `2w 6s . 6s`, a letter a seat, a number before it a repetition.
import { measureHall } from './hall-geometry.ts';
import { countSeats, type HallLayout, SEAT_CODE, type SeatPosition } from './seat.ts';

/** What each letter of a row stands for; a dot is an aisle, whose number is left out, so seats across it are apart. */
export const SEAT_LETTERS = Object.freeze({ s: 'standard', p: 'premium', w: 'wheelchair', x: 'standard' });
/** A letter that is never sold. */
const BLOCKED = 'x';
const AISLE = '.';
const TOKEN = /(\d*)([spwx.])/g;

/** Letters of a row with repetitions of up to 99, spaces where you like. */
export const ROW_FORM = /^\s*(?:\d{0,2}[spwx.]\s*)+$/;
/** One row (`C`) or several alike (`C-F`), front to back. */
export const ROWS_FORM = /^[A-Z](?:-[A-Z])?$/;

export type RowPictures = Readonly<Record<string, string>>;

/** Rows in the order written; each picture must match ROW_FORM and each name ROWS_FORM. */
export function layoutOf(rows: RowPictures): HallLayout {
  const places = Object.entries(rows).flatMap(([names, picture]) =>
    rowNames(names).flatMap((row) => placesOf(row, picture)),
  );
  const opening = Uint8Array.from(places, ({ blocked }) => (blocked ? SEAT_CODE.blocked : SEAT_CODE.free));
  return Object.freeze({
    places,
    indexOf: new Map(places.map((place, index) => [place.id, index])),
    opening,
    openingCounts: countSeats(opening),
    geometry: measureHall(places),
  });
}

/** How many seats the pictures show, without building them. */
export function seatsIn(rows: RowPictures): number {
  let seats = 0;
  for (const [names, picture] of Object.entries(rows))
    for (const [, times, letter] of picture.matchAll(TOKEN))
      if (letter !== AISLE) seats += Number(times || 1) * rowNames(names).length;
  return seats;
}

/** `C-F` as C, D, E, F. */
export function rowNames(names: string): string[] {
  const first = names.charCodeAt(0);
  const last = names.charCodeAt(names.length - 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => String.fromCharCode(first + i));
}

function placesOf(row: string, picture: string): SeatPosition[] {
  const places: SeatPosition[] = [];
  let number = 0;
  for (const [, times, letter] of picture.matchAll(TOKEN)) {
    for (let i = 0; i < Number(times || 1); i++) {
      number++;
      if (letter === AISLE) continue;
      const category = SEAT_LETTERS[letter as keyof typeof SEAT_LETTERS];
      places.push(Object.freeze({ id: `${row}-${number}`, row, number, category, blocked: letter === BLOCKED }));
    }
  }
  return places;
}
