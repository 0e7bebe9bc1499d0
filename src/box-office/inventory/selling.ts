// From when to when a session is sold: the clock alone moves it from scheduled to closed.
import type { SessionPlan, SessionStatus } from '../season/session.ts';
import type { Calm } from '../season/session-index.ts';

/** The moments of a session in epoch milliseconds. */
export interface SellingTimes {
  readonly startsAt: number;
  readonly onSaleAt: number;
  readonly presaleAt?: number;
}

export function sellingTimes(plan: SessionPlan, openedAt: number): SellingTimes {
  return {
    startsAt: openedAt + plan.startsAtMs,
    onSaleAt: openedAt + plan.onSaleAtMs,
    ...(plan.presaleAtMs !== undefined && { presaleAt: openedAt + plan.presaleAtMs }),
  };
}

/** `sold_out` only while it could be sold: a closed session is closed, full or not. */
export function statusAt({ startsAt, onSaleAt, presaleAt }: SellingTimes, now: number, free: number): SessionStatus {
  if (now >= startsAt) return 'closed';
  if (now >= onSaleAt) return free > 0 ? 'on_sale' : 'sold_out';
  if (presaleAt !== undefined && now >= presaleAt) return free > 0 ? 'presale' : 'sold_out';
  return 'scheduled';
}

/** The stretch around `now` in which the clock alone changes nothing: from `since` up to, not including, `until`. */
export function calmAround({ startsAt, onSaleAt, presaleAt }: SellingTimes, now: number): Calm {
  let since = Number.NEGATIVE_INFINITY;
  let until = Number.POSITIVE_INFINITY;
  for (const moment of [presaleAt ?? onSaleAt, onSaleAt, startsAt]) {
    if (moment <= now) since = Math.max(since, moment);
    else until = Math.min(until, moment);
  }
  return { since, until };
}
