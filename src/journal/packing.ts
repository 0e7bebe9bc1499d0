// How entries that will not change any more are kept small: as cells of an array, and made again when they are read.
import type { JournalEntry } from './entry.ts';

/** Small whole numbers and strings, which take no memory of their own; so many of them side by side for each entry. */
export type Cells = unknown[];

/** Of one kind of entry. The first cell is a string, the second is left alone, and the third is `at` as an offset. */
export interface Packing<Entry extends JournalEntry> {
  /** For each entry. */
  readonly cells: number;
  /** Writes the entry from `at` on, its times against `base`; false, with nothing written, when it does not fit. */
  pack(entry: Entry, cells: Cells, at: number, base: number): boolean;
  /** An equal entry but for its `seq`. */
  unpack(cells: Cells, at: number, base: number): Entry;
}

/** What is farther away than this in milliseconds, some twelve days, is not packed. */
const MAX_OFFSET = 2 ** 30;

/** A time as a small whole number; undefined when it is none. */
export function offset(time: number, base: number): number | undefined {
  const after = time - base;
  return Number.isInteger(after) && after > -MAX_OFFSET && after < MAX_OFFSET ? after : undefined;
}
