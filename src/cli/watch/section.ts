// Parts of a screen that want more lines than there are: each is given its share, and says what it leaves out.
import { cell, type Line, piece } from './cells.ts';

export interface Section {
  readonly head: Line;
  readonly lines: readonly Line[];
  /** Which lines go first when there is no room for all. */
  readonly drops: 'last' | 'first';
}

/** Lines of the sections, no more than there is room for: the smallest are shown whole before any is shown longer. */
export function layOut(sections: readonly Section[], room: number): Line[] {
  const shares = shared(
    sections.map(({ lines }) => lines.length),
    room - sections.length,
  );
  return sections.flatMap((section, at) => [section.head, ...shortened(section, shares[at] ?? 0)]).slice(0, room);
}

/** One line each in turn, until there are none left or nobody wants more. */
export function shared(wanted: readonly number[], room: number): number[] {
  const given = wanted.map(() => 0);
  for (let left = room; left > 0; ) {
    const before = left;
    wanted.forEach((want, at) => {
      if (left <= 0 || (given[at] as number) >= want) return;
      given[at] = (given[at] as number) + 1;
      left--;
    });
    if (left === before) break;
  }
  return given;
}

function shortened({ lines, drops }: Section, room: number): readonly Line[] {
  if (lines.length <= room) return lines;
  if (drops === 'first') return room > 0 ? lines.slice(-room) : [];
  const shown = Math.max(0, room - 1);
  return room > 0 ? [...lines.slice(0, shown), [piece(`… ${lines.length - shown} more`, 'quiet')]] : [];
}

/** A column of a table; the width of the first is what the others leave. */
export interface Column {
  readonly name: string;
  readonly width: number;
  /** Unset: to the right, as numbers stand; the first one stands to the left. */
  readonly align?: 'left';
}

const GAP = '  ';
/** What is left for the first column is never less. */
const MIN_FIRST = 8;

/** A line of cells. */
export function rowOf(cells: readonly string[], columns: readonly Column[], width: number): string {
  const others = columns.slice(1).reduce((sum, column) => sum + column.width + GAP.length, 0);
  const first = Math.max(MIN_FIRST, width - others);
  return columns
    .map((column, at) => {
      const text = cells[at] ?? '';
      return at === 0 ? cell(text, first) : cell(text, column.width, column.align ?? 'right');
    })
    .join(GAP);
}

export const headOf = (columns: readonly Column[], width: number): Line => [
  piece(
    rowOf(
      columns.map(({ name }) => name),
      columns,
      width,
    ),
    'head',
  ),
];
