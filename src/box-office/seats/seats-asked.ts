// The seats a seller asks for, by id: known, named once, not too many, and what they cost.
import { refuse } from '../refusals.ts';
import type { SessionPlan } from '../season/session.ts';

/** Seats one reservation may hold. */
export const MAX_SEATS_PER_RESERVATION = 10;

export function checkCount(count: number, what: string): void {
  if (!Number.isInteger(count) || count < 1 || count > MAX_SEATS_PER_RESERVATION)
    throw refuse('validation_failed', `${what} must be 1 to ${MAX_SEATS_PER_RESERVATION}, got ${count}.`);
}

/** Indexes into the layout's places, in the order asked; rejects unknown, repeated, no and too many seats. */
export function indexesOf(plan: SessionPlan, seats: readonly string[]): number[] {
  checkCount(seats.length, 'The number of seats');
  const twice = seats.filter((seat, position) => seats.indexOf(seat) !== position);
  if (twice.length > 0) throw refuse('validation_failed', `Named more than once: ${twice.join(', ')}.`);
  const unknown = seats.filter((seat) => !plan.layout.indexOf.has(seat));
  if (unknown.length > 0)
    throw refuse('validation_failed', `No such seat in ${plan.hall.name}: ${unknown.join(', ').slice(0, 200)}.`);
  return seats.map((seat) => plan.layout.indexOf.get(seat) as number);
}

/** The sum of the seats' prices in minor units. */
export function amountOf(plan: SessionPlan, indexes: readonly number[]): number {
  let amount = 0;
  for (const index of indexes) {
    const category = plan.layout.places[index]?.category;
    const price = plan.prices.find((candidate) => candidate.category === category);
    if (!price) throw new Error(`Session ${plan.id} has no price for ${category}`);
    amount += price.amount;
  }
  return amount;
}
