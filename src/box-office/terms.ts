// What a verb of the box office may be told: how to act, decided by faults outside of it.

export interface Terms {
  /** How long a reservation made or extended under these terms is held, in box-office milliseconds; unset: the setting. */
  readonly reservationTtlMs?: number;
}

/** The terms when nobody interferes. */
export const HONEST: Terms = Object.freeze({});
