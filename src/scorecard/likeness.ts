// Which of requests that are all the same, and are not said to be one operation, are retries of which.
import { type Attempt, isAnyones, isNaming } from './evidence.ts';
import { WINDOW_MS } from './trace.ts';
import type { Traces } from './traces.ts';
import type { Alike } from './unkeyed.ts';

/** Joins what goes on with what. */
export function joinAlike(traces: Traces, { places, at, failedAt }: Alike): void {
  const failed: number[] = [];
  failedAt.forEach((ended, one) => {
    if (ended !== Number.POSITIVE_INFINITY) failed.push(one);
  });
  failed.sort((a, b) => (failedAt[a] as number) - (failedAt[b] as number) || a - b);
  const sweep = new Sweep(traces);
  let next = 0;
  for (let one = 0; one < places.length; one++) {
    for (; next < failed.length; next++) {
      const before = failed[next] as number;
      if (before >= one || (failedAt[before] as number) > (at[one] as number)) break; // one may end as it comes, or as another does
      sweep.failed(places[before] as number);
    }
    if (sweep.hasCandidates) sweep.arrived(places[one] as number);
  }
  leaveOverlapping(traces, places);
}

/**
 * One that names somebody and comes while another that is the same is still open: a hedge, or a try of one who has given up
 * and left it open; perhaps, and so both are unsure.
 */
function leaveOverlapping(traces: Traces, places: Int32Array): void {
  let [latest, until] = [-1, Number.NEGATIVE_INFINITY];
  for (const place of places) {
    const attempt = traces.attempts[place] as Attempt;
    if (!isNaming(attempt)) return;
    if (attempt.at < until && attempt.declared !== 1) for (const unsure of [latest, place]) traces.leaveUnsure(unsure);
    const end = attempt.endedAt ?? Number.POSITIVE_INFINITY;
    if (end > until) [latest, until] = [place, end];
  }
}

/** Goes by them in the order of time. */
class Sweep {
  readonly #traces: Traces;
  /** Failed, have ended, and nobody has followed them. */
  #candidates: number[] = [];
  /** Of several that were meant by an arrival, so many may yet be followed. */
  #pooled = 0;
  #pooledAt = 0;

  constructor(traces: Traces) {
    this.#traces = traces;
  }

  failed(place: number): void {
    this.#candidates.push(place);
  }

  /** Whoever comes next may go on with somebody. */
  get hasCandidates(): boolean {
    return this.#candidates.length > 0 || this.#pooled > 0;
  }

  /** It goes on with a candidate, or with none. */
  arrived(place: number): void {
    const attempt = this.#traces.attempts[place] as Attempt;
    if (attempt.declared === 1) return;
    if (attempt.at - this.#pooledAt > WINDOW_MS) this.#pooled = 0;
    const candidates = this.#candidates.filter(
      (before) => attempt.at - (this.#traces.attempts[before]?.endedAt ?? attempt.at) <= WINDOW_MS,
    );
    this.#candidates = [];
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1 && this.#pooled === 0 && isTelling(attempt)) {
      this.#traces.join(only, place);
      return;
    }
    if (only === undefined && this.#pooled === 0) return;
    for (const unsure of [place, ...candidates]) this.#traces.leaveUnsure(unsure);
    this.#pooled = Math.max(0, this.#pooled + candidates.length - 1);
    this.#pooledAt = attempt.at;
  }
}

/**
 * After a read that names nobody, whoever comes after a failure is as likely another one, and those who come soon are the
 * same as those who do not heed `Retry-After`. It is a retry only where it says so, or within one trace.
 */
const isTelling = (attempt: Attempt): boolean =>
  !isAnyones(attempt) || attempt.traceId !== null || (attempt.declared ?? 1) > 1;
