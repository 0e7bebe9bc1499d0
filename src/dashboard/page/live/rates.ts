// Rates from cumulative counts: a second that was not told makes a gap, and never a zero.
import type { Summary } from '../../../admin/contract/summary.ts';

/** A second, or a little more; two summaries further apart have a gap between them. */
export const GAP_MS = 2500;

export type Count = (summary: Summary) => number;

/** By the second, of each summary against the one before; null at the first, after a gap, and where counting began anew. */
export function ratesOf(summaries: readonly Summary[], count: Count): (number | null)[] {
  return summaries.map((now, at) => {
    const before = summaries[at - 1];
    return before === undefined ? null : rateBetween(before, now, count);
  });
}

export function rateBetween(before: Summary, now: Summary, count: Count): number | null {
  const ms = Date.parse(now.at) - Date.parse(before.at);
  const more = count(now) - count(before);
  return ms <= 0 || ms > GAP_MS || more < 0 ? null : (more * 1000) / ms;
}

/** Over as much of the last stretch as is known; null when nothing is. */
export function rateOver(summaries: readonly Summary[], count: Count, stretchMs: number): number | null {
  const now = summaries.at(-1);
  if (now === undefined) return null;
  const since = Date.parse(now.at) - stretchMs;
  const first = summaries.find(({ at }) => Date.parse(at) >= since);
  const ms = first === undefined ? 0 : Date.parse(now.at) - Date.parse(first.at);
  return first === undefined || ms === 0 ? null : (Math.max(0, count(now) - count(first)) * 1000) / ms;
}
