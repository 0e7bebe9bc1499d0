// A session (showtime): what is played where and when, from when it is sold, and what it costs.
import type { Money } from '../money.ts';
import type { HallLayout } from './seat.ts';

export const SESSION_STATUSES = ['scheduled', 'presale', 'on_sale', 'sold_out', 'closed'] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Price extends Money {
  readonly category: string;
}

/** What never changes of a session; moments are milliseconds from the opening of the doors, so that a season never goes stale. */
export interface SessionPlan {
  readonly id: string;
  readonly film: { readonly id: string; readonly title: string };
  readonly venue: Named;
  readonly hall: Named;
  readonly layout: HallLayout;
  readonly startsAtMs: number;
  readonly onSaleAtMs: number;
  readonly presaleAtMs?: number;
  readonly prices: readonly Price[];
}

/** A session as it stands now; times are epoch milliseconds of box-office time. */
export interface Session {
  readonly plan: SessionPlan;
  readonly startsAt: number;
  readonly onSaleAt: number;
  readonly presaleAt?: number;
  readonly status: SessionStatus;
  /** Free seats. */
  readonly available: number;
  /** Changes whenever status or any seat changes; equal versions show equal sessions. */
  readonly version: number;
}
