// Where the sessions of a season stand, by id, film and venue: positions in order of showing.
import type { SessionFilter } from '../listing.ts';
import { refuse } from '../refusals.ts';
import type { SessionPlan } from './session.ts';

/** A stretch of time: from `since` up to, not including, `until`; epoch milliseconds. */
export interface Calm {
  readonly since: number;
  readonly until: number;
}

const NONE: readonly number[] = Object.freeze([]);

/** Made once with its season. */
export class SessionIndex {
  readonly #plans: readonly SessionPlan[];
  readonly #all: readonly number[];
  readonly #byId: ReadonlyMap<string, number>;
  readonly #byVenue: ReadonlyMap<string | undefined, readonly number[]>;
  readonly #byFilm: ReadonlyMap<string | undefined, readonly number[]>;
  #moments: readonly number[] | undefined;

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

  /** The stretch around `now` in which the clock alone changes no session: from `since` up to, not including, `until`. */
  calmAround(openedAt: number, now: number): Calm {
    this.#moments ??= momentsOf(this.#plans);
    const moments = this.#moments;
    let low = 0; // the first that is still to come is not before it
    let high = moments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (openedAt + (moments[middle] as number) <= now) low = middle + 1;
      else high = middle;
    }
    return {
      since: openedAt + (moments[low - 1] ?? Number.NEGATIVE_INFINITY),
      until: openedAt + (moments[low] ?? Number.POSITIVE_INFINITY),
    };
  }

  /** The positions that may fit, ascending: those of the venue or film asked for, else all. */
  candidates({ film, venue }: SessionFilter): readonly number[] {
    if (venue !== undefined) return this.#byVenue.get(venue) ?? NONE;
    if (film !== undefined) return this.#byFilm.get(film) ?? NONE;
    return this.#all;
  }
}

/** When any of them comes on sale or starts, in milliseconds from the opening, ascending. */
function momentsOf(plans: readonly SessionPlan[]): readonly number[] {
  const moments = plans.flatMap(({ presaleAtMs, onSaleAtMs, startsAtMs }) => [
    presaleAtMs ?? onSaleAtMs,
    onSaleAtMs,
    startsAtMs,
  ]);
  return [...new Set(moments)].sort((one, other) => one - other);
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
