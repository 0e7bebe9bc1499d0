// The seconds that charts show, one beside the other: where some were not told stands an empty row, so that every line breaks.
import type { Summary } from '../../../../admin/contract/summary.ts';
import { type Count, GAP_MS, rateBetween } from '../../live/rates.ts';

export interface Rows {
  /** Epoch seconds, as the charts want them; ascending. */
  readonly at: readonly number[];
  /** Null: nothing was told. */
  readonly summaries: readonly (Summary | null)[];
}

export type Value = number | null;

export function rowsOf(summaries: readonly Summary[]): Rows {
  const at: number[] = [];
  const rows: (Summary | null)[] = [];
  let before = Number.POSITIVE_INFINITY;
  for (const summary of summaries) {
    const now = Date.parse(summary.at);
    if (now - before > GAP_MS) {
      at.push((before + now) / 2000);
      rows.push(null);
    }
    at.push(now / 1000);
    rows.push(summary);
    before = now;
  }
  return { at, summaries: rows };
}

/** A second, of each row against the one before. */
export const rates =
  (count: Count) =>
  ({ summaries }: Rows): Value[] =>
    summaries.map((now, index) => {
      const before = summaries[index - 1];
      return now && before ? rateBetween(before, now, count) : null;
    });

/** What was so at that moment. */
export const levels =
  (level: (summary: Summary) => Value) =>
  ({ summaries }: Rows): Value[] =>
    summaries.map((summary) => summary && level(summary));

/** Index of the row that is nearest to a moment, in epoch seconds; -1 without rows. */
export function nearestRow({ at }: Rows, moment: number): number {
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, one] of at.entries()) {
    const distance = Math.abs(one - moment);
    if (distance < least) [nearest, least] = [index, distance];
  }
  return nearest;
}
