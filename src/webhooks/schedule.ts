// When a webhook is tried again: the schedule of Standard Webhooks, as fast as box-office time runs, and later where the receiver asks for it.

/** Between the end of each attempt and the next. */
export const RETRY_MS: readonly number[] = [
  5_000,
  5 * 60_000,
  30 * 60_000,
  2 * 3_600_000,
  5 * 3_600_000,
  10 * 3_600_000,
  14 * 3_600_000,
  20 * 3_600_000,
  24 * 3_600_000,
];
export const MAX_ATTEMPTS = RETRY_MS.length + 1;
/** No receiver puts an attempt off for longer. */
export const MAX_RETRY_AFTER_MS = 24 * 3_600_000;

/** Real milliseconds after so many attempts; undefined: there is no further one. */
export function retryWaitMs(attempts: number, timeScale: number, retryAfterMs = 0): number | undefined {
  const scheduled = RETRY_MS[attempts - 1];
  if (scheduled === undefined) return undefined;
  return Math.max(scheduled / timeScale, Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));
}

/** Of a Retry-After header, in seconds or as a date; undefined for what is neither. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
