// Discount codes and access codes: what they are worth, for which sessions, when, and how often.
import { percentOf } from '../money.ts';

/** Moments are milliseconds from the opening of the doors. */
export interface DiscountCode {
  readonly code: string;
  /** Either per cent of the amount, or minor units off. */
  readonly percentOff?: number;
  readonly amountOff?: number;
  /** Orders it can be used for; unset: no bound. */
  readonly quota?: number;
  readonly validFromMs?: number;
  readonly validUntilMs?: number;
  /** Only for these; unset: for all. */
  readonly sessions?: readonly string[];
  readonly films?: readonly string[];
}

export type DiscountReason = 'unknown' | 'not_yet_valid' | 'expired' | 'wrong_session' | 'used_up';

/** What a code takes off an amount; never more than the amount. */
export function amountOff(code: DiscountCode, amount: number): number {
  const off = code.amountOff ?? percentOf(amount, code.percentOff ?? 0);
  return Math.min(off, amount);
}

/** `valid: false` is an answer, not an error. */
export interface DiscountVerdict {
  readonly valid: boolean;
  readonly reason?: DiscountReason;
  readonly amountOff?: number;
}
