// Rows of numbers and texts, as one thread hands them to another: no object for each.

/** How much of each a row has. */
export interface Layout {
  /** Whole numbers of 32 bits; larger ones are cut to that. */
  readonly numbers: number;
  /** Texts that many rows have. */
  readonly common: number;
  /** Texts that only tell things apart: they are read as numbers. */
  readonly names: number;
}

/** Texts one after the other. */
export interface JoinedTexts {
  readonly all: string;
  /** Where each ends. */
  readonly ends: Int32Array<ArrayBuffer>;
}

/** What is handed over at once: its arrays are transferred, and gone where they were made. */
export interface Rows {
  readonly count: number;
  /** Milliseconds, one of each row. */
  readonly moments: Float64Array<ArrayBuffer>;
  /**
   * Of each row its numbers, its common texts and its names. A name is 0 for none, 1 for the first of the hashes below, 2
   * for the second and so on, or -1 for the first common text, -2 for the second and so on.
   */
  readonly cells: Int32Array<ArrayBuffer>;
  /** One of each row, which no other row has; or none at all. */
  readonly own: JoinedTexts;
  /** Common texts that no rows before had; they are counted on. */
  readonly common: readonly string[];
  /** Hashes of names, one after the other. */
  readonly names: Int32Array<ArrayBuffer>;
}

/** The place of the common text that is the name of whose it is. */
export const CLIENT = 0;

/** Rows in one handing over: some two milliseconds of work. */
export const MAX_ROWS = 1024;

/** Nothing, in the place of a number, in that of a common text, and in that of a name. */
export const NO_NUMBER = -(2 ** 31);
export const NO_TEXT = -1;
export const NO_NAME = 0;

/** Cells of a row. */
export const widthOf = ({ numbers, common, names }: Layout): number => numbers + common + names;

/** Those arrays of it that are not copied to where it goes. */
export const transferredOf = ({ moments, cells, own, names }: Rows): ArrayBuffer[] =>
  [moments, cells, own.ends, names].map(({ buffer }) => buffer);
