// How the seats of a request are found: the ones it names, or the best that are free.
import { refuse } from '../refusals.ts';
import type { ReserveRequest } from '../reservation.ts';
import { SEAT_CODE } from '../season/seat.ts';
import type { SessionPlan } from '../season/session.ts';
import { bestSeats, fittingSeats, KEPT_CATEGORY, type Wanted } from './best-seats.ts';
import { checkCount, indexesOf } from './seats-asked.ts';

/** The code of a seat as a request finds it. */
export type SeatNow = (index: number) => number;

export interface Picking {
  readonly count: number;
  /** Indexes into the layout's places; refuses with `seat_unavailable`. */
  pick(seat: SeatNow): readonly number[];
}

/** Refuses what no session could give. */
export function picking(plan: SessionPlan, { seats, bestAvailable }: ReserveRequest): Picking {
  if ((seats === undefined) === (bestAvailable === undefined))
    throw refuse('validation_failed', 'Ask either for seats or for bestAvailable.');
  if (bestAvailable) {
    const { count, category } = bestAvailable;
    checkCount(count, 'bestAvailable.count');
    if (category !== undefined && !plan.prices.some((price) => price.category === category))
      throw refuse('validation_failed', `There is no category "${category.slice(0, 40)}" in session ${plan.id}.`);
    return { count, pick: (seat) => pickBest(seat, plan, { count, category }) };
  }
  const indexes = indexesOf(plan, seats ?? []);
  return { count: indexes.length, pick: (seat) => pickNamed(seat, plan, indexes) };
}

function pickNamed(seat: SeatNow, plan: SessionPlan, indexes: readonly number[]): readonly number[] {
  const taken = indexes.filter((index) => seat(index) !== SEAT_CODE.free);
  if (taken.length === 0) return indexes;
  const seats = taken.map((index) => plan.layout.places[index]?.id as string);
  throw refuse('seat_unavailable', `Not free: ${seats.join(', ')}.`, { seats });
}

function pickBest(seat: SeatNow, plan: SessionPlan, wanted: Wanted): readonly number[] {
  const isFree = (index: number): boolean => seat(index) === SEAT_CODE.free;
  const found = bestSeats(plan.layout, isFree, wanted);
  if (found) return found;
  const free = fittingSeats(plan.layout, isFree, wanted).length;
  throw refuse('seat_unavailable', tooFewWords(plan, free, wanted), { seats: [] });
}

function tooFewWords(plan: SessionPlan, free: number, { count, category }: Wanted): string {
  const asked = `${count} asked for, ${free} free`;
  if (category !== undefined) return `Too few seats of the category ${category} in session ${plan.id}: ${asked}.`;
  const kept = `places of the category ${KEPT_CATEGORY} go only to who names it`;
  return `Too few seats for bestAvailable in session ${plan.id}: ${asked}; ${kept}.`;
}
