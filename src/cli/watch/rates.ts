// Rates from counts that only grow: what came in each second, gathered to as many columns as there are; a gap stays a gap.
import type { Summary } from '../../admin/contract/summary.ts';

/** Rates that are shown as a number are those of so many seconds. */
export const NOW_S = 5;

type Totals = Summary['totals'];

/** A second in which a rate is known. */
interface Point {
  readonly atMs: number;
  readonly value: number;
}

/** From each summary to the next; where a world was reset there is none. */
function pointsOf(summaries: readonly Summary[], count: keyof Totals): Point[] {
  return summaries.slice(1).flatMap((summary, at) => {
    const before = summaries[at] as Summary;
    const atMs = Date.parse(summary.at);
    const seconds = (atMs - Date.parse(before.at)) / 1000;
    const more = summary.totals[count] - before.totals[count];
    return seconds > 0 && more >= 0 ? [{ atMs, value: more / seconds }] : [];
  });
}

/** Means by column, the newest in the last one; null where nothing is known. */
export const rateColumns = (summaries: readonly Summary[], count: keyof Totals, columns: Columns): (number | null)[] =>
  gathered(pointsOf(summaries, count), endOf(summaries), columns);

/** The same of a number that goes up and down. */
export const openColumns = (summaries: readonly Summary[], columns: Columns): (number | null)[] =>
  gathered(
    summaries.map(({ at, open }) => ({ atMs: Date.parse(at), value: open })),
    endOf(summaries),
    columns,
  );

export interface Columns {
  readonly count: number;
  /** Seconds that all of them show. */
  readonly spanS: number;
}

const endOf = (summaries: readonly Summary[]): number => Date.parse(summaries.at(-1)?.at ?? '');

function gathered(points: readonly Point[], endMs: number, { count, spanS }: Columns): (number | null)[] {
  const columnMs = (spanS * 1000) / count;
  const columns = Array.from({ length: count }, () => ({ sum: 0, points: 0 }));
  for (const { atMs, value } of points) {
    const column = columns[count - 1 - Math.floor((endMs - atMs) / columnMs)];
    if (!column) continue;
    column.sum += value;
    column.points++;
  }
  return columns.map(({ sum, points }) => (points === 0 ? null : sum / points));
}

/** A second, over the last seconds; null while too little is known. */
export function rateNow(summaries: readonly Summary[], count: (summary: Summary) => number | undefined): number | null {
  const last = summaries.at(-1);
  if (!last) return null;
  const lastMs = Date.parse(last.at);
  const earlier = summaries.find(
    (summary) => summary !== last && lastMs - Date.parse(summary.at) <= NOW_S * 1000 && count(summary) !== undefined,
  );
  const [from, to] = [earlier && count(earlier), count(last)];
  if (earlier === undefined || from === undefined || to === undefined || to < from) return null;
  const seconds = (lastMs - Date.parse(earlier.at)) / 1000;
  return seconds > 0 ? (to - from) / seconds : null;
}
