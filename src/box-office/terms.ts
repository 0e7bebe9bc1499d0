// What a verb of the box office may be told: how to act, decided by faults outside of it.

/** How a discount code is wronged: a valid one refused, an invalid one taken, or the order charged other than was said. */
export type DiscountWrong = 'refuse-valid' | 'accept-invalid' | 'price-differs';

/** All times are box-office milliseconds. */
export interface Terms {
  /** How long a reservation made or extended under these terms is held; unset: the setting. */
  readonly reservationTtlMs?: number;
  /** When such a reservation truly lapses, though its `expiresAt` says later: the earlier of the two, never later than told. */
  readonly lapse?: { readonly afterMs?: number; readonly ofTold?: number };
  /** Every check and the usual answer, and nothing is laid down; the salt tells the ids of one dry run from another's. */
  readonly dryRun?: { readonly salt: number };
  /** Whatever is on sale is shown as sold out, and no seat is to be had. */
  readonly soldOut?: boolean;
  /** The reservation or order that a verb is asked about is forgotten for good, while its seats stay held. */
  readonly loseFlow?: boolean;
  readonly discount?: DiscountWrong;
}

/** The terms when nobody interferes. */
export const HONEST: Terms = Object.freeze({});
