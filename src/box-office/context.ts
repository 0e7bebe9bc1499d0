// What every verb of the box office works with.

import type { Inventory } from './inventory/inventory.ts';
import type { BoxOfficeClock } from './inventory/lapse-alarm.ts';
import type { Season } from './season/season.ts';
import type { LedgerDraft } from './state/ledger-draft.ts';
import type { Store } from './state/store.ts';

export interface BoxOfficeContext {
  readonly season: Season;
  readonly store: Store;
  readonly clock: BoxOfficeClock;
  readonly seed: number;
  readonly openedAt: number;
  readonly reservationTtlMs: number;
  readonly inventory: Inventory;
  /** What stands for a payment in the URL of its page, and is known to nobody else. */
  paymentToken(paymentId: string): string;
  /** A claim of its own for each try; never given twice. */
  nextClaimId(): string;
  /** Changes one session, with all that is due settled first. The step may be run again, and acts on its draft alone. */
  change<Result>(sessionId: string, step: (draft: LedgerDraft, now: number) => Result): Promise<Result>;
}
