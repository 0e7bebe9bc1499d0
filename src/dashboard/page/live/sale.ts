// How the sale goes now, over stretches long enough for the numbers to be read.
import { summaries } from './kept.ts';
import { type Count, rateOver } from './rates.ts';

const MINUTE_MS = 60_000;
const FEW_SECONDS_MS = 5000;

/** A second, over the last few. */
export const rateNow = (count: Count): number | null => rateOver(summaries.value, count, FEW_SECONDS_MS);

export function ordersAMinute(): number | null {
  const perSecond = rateOver(summaries.value, ({ orders }) => orders.completed, MINUTE_MS);
  return perSecond === null ? null : perSecond * 60;
}

/** Of the requests that ended in the last few seconds; null where none did. */
export function failedShare(): number | null {
  const failed = rateNow(({ totals }) => totals.failed) ?? 0;
  const ended = failed + (rateNow(({ totals }) => totals.goodput) ?? 0);
  return ended === 0 ? null : failed / ended;
}
