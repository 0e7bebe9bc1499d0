// One session's place in the inventory: its ledger, and what is shown of it for as long as that holds.
import type { SeatMap } from '../season/seat.ts';
import type { Session, SessionPlan } from '../season/session.ts';
import type { LedgerPatch } from '../state/ledger.ts';
import { LedgerAggregate, type LedgerWatch } from '../state/ledger-aggregate.ts';
import type { LedgerDraft } from '../state/ledger-draft.ts';
import { type SellingTimes, sellingTimes } from './selling.ts';

/** What the inventory does when a session changed. */
export interface SessionWatch {
  readonly openedAt: number;
  taken(shown: ShownSession, patch: LedgerPatch): void;
  committed(shown: ShownSession, draft: LedgerDraft): void;
}

export class ShownSession implements LedgerWatch {
  readonly plan: SessionPlan;
  readonly times: SellingTimes;
  readonly ledger: LedgerAggregate;
  readonly #watch: SessionWatch;
  /** A seat changed since `session` was made. */
  isStale = false;
  /** `session` holds from here up to, not including, `until`. */
  since = 0;
  until = 0;
  session: Session | undefined = undefined;
  seatMap: SeatMap | undefined = undefined;

  constructor(plan: SessionPlan, watch: SessionWatch) {
    this.plan = plan;
    this.times = sellingTimes(plan, watch.openedAt);
    this.ledger = new LedgerAggregate(plan.id, plan.layout, this);
    this.#watch = watch;
  }

  taken(patch: LedgerPatch): void {
    if (patch.seats) this.isStale = true;
    this.until = Number.NEGATIVE_INFINITY;
    this.#watch.taken(this, patch);
  }

  committed(draft: LedgerDraft): void {
    this.#watch.committed(this, draft);
  }
}
