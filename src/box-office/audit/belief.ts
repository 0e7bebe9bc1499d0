// What a seller believes of its purchases, gathered by reference.

/** One purchase as its seller has it in its own books. */
export interface Believed {
  /** The seller's own name for it; several rows may have the same. */
  readonly externalRef: string;
  /** The seller believes that its buyer has tickets. False: that nothing came of it, and nobody has paid. */
  readonly completed: boolean;
  /** How many, or which; null where the seller does not say. */
  readonly seats: number | readonly string[] | null;
  /** What its buyer paid, in minor units; null where the seller does not say. */
  readonly amount: number | null;
}

/** All rows of one reference together. */
export interface Belief {
  readonly rows: number;
  /** Rows that say so; seats and amount are those of these rows alone. */
  readonly completed: number;
  /** How many seats; null where one of the rows does not say. */
  readonly seats: number | null;
  /** Which they are; null where one of the rows does not say. */
  readonly seatIds: readonly string[] | null;
  readonly amount: number | null;
}

/** A belief that is filled in. */
export class GatheredBelief implements Belief {
  rows = 0;
  completed = 0;
  seats: number | null = 0;
  seatIds: readonly string[] | null = NONE;
  amount: number | null = 0;

  add({ completed, seats, amount }: Believed): void {
    this.rows++;
    if (!completed) return;
    this.completed++;
    this.amount = sumOf(this.amount, amount);
    if (seats === null || typeof seats === 'number') {
      this.seats = sumOf(this.seats, seats);
      this.seatIds = null;
    } else {
      this.seats = sumOf(this.seats, seats.length);
      this.#name(seats);
    }
  }

  #name(seats: readonly string[]): void {
    if (this.seatIds === null) return;
    if (this.seatIds === NONE) this.seatIds = [];
    for (const seat of seats) (this.seatIds as string[]).push(seat);
  }
}

/** Of all that name none, since there are a hundred thousand. */
const NONE: readonly string[] = Object.freeze([]);

const sumOf = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other;
