// Money: integer minor units and an ISO 4217 code, never a fraction.

export interface Money {
  /** Minor units. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** A share of an amount in per cent, rounded down to whole minor units. */
export function percentOf(amount: number, percent: number): number {
  return Math.floor((amount * percent) / 100);
}
