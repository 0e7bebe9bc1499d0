// Where the sessions of a season stand, by id, film and venue: positions in order of showing.
import type { SessionFilter } from '../listing.ts';
import { refuse } from '../refusals.ts';
import type { SessionPlan } from './session.ts';

export interface SessionIndex {
  /** Rejects an unknown id. */
  position(id: string): number;
  /** The positions that may fit, ascending: those of the venue or film asked for, else all. */
  candidates(filter: SessionFilter): readonly number[];
}

const NONE: readonly number[] = Object.freeze([]);

export function indexSessions(plans: readonly SessionPlan[]): SessionIndex {
  const all = plans.map((_, position) => position);
  const byId = new Map(plans.map((plan, position) => [plan.id, position]));
  const byVenue = Map.groupBy(all, (position) => plans[position]?.venue.id);
  const byFilm = Map.groupBy(all, (position) => plans[position]?.film.id);
  return {
    position(id) {
      const position = byId.get(id);
      if (position === undefined) throw refuse('not_found', `There is no session "${id.slice(0, 60)}".`);
      return position;
    },
    candidates({ film, venue }) {
      if (venue !== undefined) return byVenue.get(venue) ?? NONE;
      if (film !== undefined) return byFilm.get(film) ?? NONE;
      return all;
    },
  };
}

/** The first place in ascending numbers that holds at least `least`. */
export function firstAtLeast(ascending: readonly number[], least: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
