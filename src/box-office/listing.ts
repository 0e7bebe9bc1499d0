// What a list of sessions can be asked for, and one page of any list.
import { refuse } from './refusals.ts';
import type { SessionStatus } from './season/session.ts';

export interface SessionFilter {
  /** `YYYY-MM-DD`, the UTC day of `startsAt`. */
  readonly date?: string;
  /** Film id. */
  readonly film?: string;
  /** Venue id. */
  readonly venue?: string;
  readonly status?: SessionStatus;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; unset on the last. */
  readonly next?: number;
}

export const DAY_MS = 86_400_000;
const DATE_FORM = /^\d{4}-\d{2}-\d{2}$/;

/** First millisecond of a UTC day; rejects what is no date. */
export function startOfDay(date: string): number {
  const time = DATE_FORM.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time)) throw refuse('validation_failed', `date must be YYYY-MM-DD, got "${date.slice(0, 40)}"`);
  return time;
}
