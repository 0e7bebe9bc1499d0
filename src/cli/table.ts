// Rows of words as aligned columns for a terminal.
import { harmless } from './terminal.ts';

const GAP = '   ';

/**
 * Columns as wide as their widest cell; the last one is left as it is. Written here because cells are names and words of
 * ours, a column a character: what the terminal tables of npm (cli-table3, cliui) add is frames, wrapping and the widths
 * of emoji, for 15 to 80 ms of a command's start, and text-table has no types.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((row) => row.map(harmless));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(GAP)
      .trimEnd();
  return all.map(line).join('\n');
}
