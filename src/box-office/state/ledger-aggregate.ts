// A session's ledger as the store knows it: one aggregate, which tells its inventory what became of it.
import type { HallLayout } from '../season/seat.ts';
import { applyToLedger, emptyLedger, type Ledger, type LedgerPatch } from './ledger.ts';
import { LedgerDraft } from './ledger-draft.ts';
import type { Aggregate } from './store.ts';

export interface LedgerWatch {
  /** The ledger that is read here changed so, by whomever. */
  taken(patch: LedgerPatch): void;
  /** This draft was laid down by a step of this process. */
  committed(draft: LedgerDraft): void;
}

export class LedgerAggregate implements Aggregate<Ledger, LedgerDraft> {
  readonly id: string;
  readonly #layout: HallLayout;
  readonly #watch: LedgerWatch;

  constructor(sessionId: string, layout: HallLayout, watch: LedgerWatch) {
    this.id = sessionId;
    this.#layout = layout;
    this.#watch = watch;
  }

  get kind(): string {
    return 'session';
  }

  begin(): Ledger {
    return emptyLedger(this.#layout);
  }

  draft(ledger: Ledger): LedgerDraft {
    return new LedgerDraft(ledger);
  }

  apply(ledger: Ledger, patch: LedgerPatch): void {
    applyToLedger(ledger, patch);
  }

  taken(patch: LedgerPatch): void {
    this.#watch.taken(patch);
  }

  committed(draft: LedgerDraft): void {
    this.#watch.committed(draft);
  }
}
