// What a verb of the box office may be told: how to act, decided by faults outside of it.

/** How a discount code is wronged: a valid one refused, an invalid one taken, or the order charged other than was said. */
export type DiscountWrong = 'refuse-valid' | 'accept-invalid' | 'price-differs';

/** All times are box-office milliseconds. */
export interface Terms {
  /** How long a reservation made or extended under these terms is held; unset: the setting. */
  readonly reservationTtlMs?: number;
  /** Such a reservation truly lapses after this, though its `expiresAt` says later; never later than told. */
  readonly lapseAfterMs?: number;
  /** The same as a part of the told time; of the two, the earlier. */
  readonly lapseOfTold?: number;
  /** Every check and the usual answer, and nothing is laid down; the salt tells the ids of one dry run from another's. */
  readonly dryRun?: { readonly salt: number };
  /** Whatever is on sale is shown as sold out, and no seat is to be had. */
  readonly soldOut?: boolean;
  /** The reservation or order that a verb is asked about is forgotten for good first, while its seats stay held. */
  readonly loseFlow?: boolean;
  readonly discount?: DiscountWrong;
  /** A card form, its issuer's answer, or a completion that is repeated takes the money again. */
  readonly doubleCharge?: boolean;
  /** The money of a card comes so long after its order has expired; until then nobody can say. */
  readonly latePaymentMs?: number;
  /** An order is completed so long after it was asked for; Infinity: not before it is asked again. */
  readonly completionPendingMs?: number;
  /** What is kept under a call's idempotency key is forgotten before the call begins, as if the store of keys were lost. */
  readonly forgetKey?: boolean;
  /** Where a verb writes down, when its work is laid down and never within a step, which of these changed what it did or told. */
  readonly used?: Set<Term>;
}

/** Of the terms, what a verb that holds seats knows; the others are steps around the verbs. */
export type HoldTerms = Pick<Terms, 'reservationTtlMs' | 'lapseAfterMs' | 'lapseOfTold' | 'used'>;

/** What a verb that grants discounts knows. */
export type DiscountTerms = Pick<Terms, 'discount' | 'used'>;

/** What a verb that takes money knows. */
export type PaymentTerms = Pick<Terms, 'doubleCharge' | 'latePaymentMs' | 'used'>;

/** What completing knows. */
export type CompletionTerms = Pick<Terms, 'doubleCharge' | 'completionPendingMs' | 'used'>;

/** What a verb may be told, one by one. */
export type Term = Exclude<keyof Terms, 'used'>;

/** The terms when nobody interferes. */
export const HONEST: Terms = Object.freeze({});
