// What a box office is opened with.
import type { Topic } from '../base/topic.ts';
import type { Fact } from './facts.ts';
import type { BoxOfficeClock } from './inventory/lapse-alarm.ts';
import type { PaymentRules } from './paying/money.ts';
import type { Season } from './season/season.ts';
import type { Store } from './state/store.ts';

export interface BoxOfficeSettings {
  readonly season: Season;
  readonly store: Store;
  /** Box-office time; it may jump either way. */
  readonly clock: BoxOfficeClock;
  /** Decides minted ids and barcodes. */
  readonly seed: number;
  /** Epoch ms of box-office time that the season's moments count from. */
  readonly openedAt: number;
  readonly reservationTtlMs: number;
  /**
   * The version each session is first shown with; unset: 1. A box office that takes another's place in the same process
   * begins above all of the former's versions (say, at so many resets times 2^32), or old ETags would match new seats.
   */
  readonly firstVersion?: number;
  /** Where facts are told; unset: on a topic of its own. Box offices that follow each other may share one. */
  readonly facts?: Topic<Fact>;
  /** Unset: late money is given back, and every refund comes at once. */
  readonly paymentRules?: PaymentRules;
  /** What stands for a payment in the URL of its page; unset: its id, where no page is served. */
  paymentToken?(paymentId: string): string;
  /** Tells this box office's claims from those of others over the same store; unset: there are no others. */
  readonly claimant?: string;
}
