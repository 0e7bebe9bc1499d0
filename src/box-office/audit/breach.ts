// What must be true of the books, in words, and what is told where it is not.

/** Every rule that the books keep, and what it says. */
export const INVARIANTS = {
  one_order_a_seat: 'A seat is sold to one order, or held for one, at most.',
  seats_add_up: 'Free, held, sold and blocked seats are together what the hall has.',
  one_order_a_reservation: 'A reservation has one order at most, and is not active any more once it has one.',
  held_seats_have_a_holder: 'A seat is held or sold where a reservation or an order says so, and only there.',
  limits_hold: 'No code is redeemed past its quota, and no customer has more tickets of a film than the limit.',
  money_adds_up:
    'What was taken for an order and not given back is its amount where it is paid, and nothing where not.',
} as const;
export type Invariant = keyof typeof INVARIANTS;
export const INVARIANT_NAMES = Object.keys(INVARIANTS) as readonly Invariant[];

/** Ids of one sort in one breach; the detail says how many there are. */
export const MAX_IDS = 20;

export interface Breach {
  readonly rule: Invariant;
  /** Unset: it is of no single session. */
  readonly sessionId?: string;
  readonly detail: string;
  /** Ids of what it is about; at most `MAX_IDS` of each sort. */
  readonly orders: readonly string[];
  readonly reservations: readonly string[];
  readonly seats: readonly string[];
}
