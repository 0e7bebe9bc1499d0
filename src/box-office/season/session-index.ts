// Where the sessions of a season stand, by id, film and venue: positions in order of showing.
import type { SessionFilter } from '../listing.ts';
import { refuse } from '../refusals.ts';
import type { SessionPlan } from './session.ts';

const NONE: readonly number[] = Object.freeze([]);

/** Made once with its season. */
export class SessionIndex {
  readonly #plans: readonly SessionPlan[];
  readonly #all: readonly number[];
  readonly #byId: ReadonlyMap<string, number>;
  readonly #byVenue: ReadonlyMap<string | undefined, readonly number[]>;
  readonly #byFilm: ReadonlyMap<string | undefined, readonly number[]>;

  constructor(plans: readonly SessionPlan[]) {
    this.#plans = plans;
    this.#all = plans.map((_, position) => position);
    this.#byId = new Map(plans.map((plan, position) => [plan.id, position]));
    this.#byVenue = Map.groupBy(this.#all, (position) => plans[position]?.venue.id);
    this.#byFilm = Map.groupBy(this.#all, (position) => plans[position]?.film.id);
  }

  /** Rejects an unknown id. */
  position(id: string): number {
    const position = this.#byId.get(id);
    if (position === undefined) throw refuse('not_found', `There is no session "${id.slice(0, 60)}".`);
    return position;
  }

  /** Undefined for an unknown id. */
  find(id: string): SessionPlan | undefined {
    return this.#plans[this.#byId.get(id) ?? -1];
  }

  /** The positions that may fit, ascending: those of the venue or film asked for, else all. */
  candidates({ film, venue }: SessionFilter): readonly number[] {
    if (venue !== undefined) return this.#byVenue.get(venue) ?? NONE;
    if (film !== undefined) return this.#byFilm.get(film) ?? NONE;
    return this.#all;
  }
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
