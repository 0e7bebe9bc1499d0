// Which of requests that are all the same, and are not said to be one operation, are retries of which.
import { type Attempt, isAnyones } from './evidence.ts';
import { GrowingTrace, hasFailed, type Trace, WINDOW_MS } from './trace.ts';

/** The trace of each of them; they are by arrival. */
export function tracesOfAlike(attempts: readonly Attempt[], by: Trace['by']): GrowingTrace[] {
  const sweep = new Sweep(by);
  const traces: GrowingTrace[] = [];
  const failed = placesOfFailed(attempts);
  let next = 0;
  attempts.forEach((attempt, place) => {
    for (; next < failed.length; next++) {
      const before = failed[next] as number;
      if (before >= place || endOf(attempts[before]) > attempt.at) break; // one may end as it comes, or as another does
      sweep.failed(traces[before] as GrowingTrace);
    }
    traces.push(sweep.traceOf(attempt));
  });
  return traces;
}

/** In the order in which they ended. */
function placesOfFailed(attempts: readonly Attempt[]): number[] {
  const places: number[] = [];
  attempts.forEach((attempt, place) => {
    if (attempt.endedAt !== null && hasFailed(attempt)) places.push(place);
  });
  return places.sort((a, b) => endOf(attempts[a]) - endOf(attempts[b]));
}

/** Of one that has ended. */
const endOf = (attempt: Attempt | undefined): number => attempt?.endedAt ?? Number.POSITIVE_INFINITY;

/** Goes by them in the order of time. */
class Sweep {
  readonly #by: Trace['by'];
  /** Failed, have ended, and nobody has followed them. */
  #candidates: GrowingTrace[] = [];
  /** Of several that were meant by an arrival, so many may yet be followed. */
  #pooled = 0;
  #pooledAt = 0;

  constructor(by: Trace['by']) {
    this.#by = by;
  }

  failed(trace: GrowingTrace): void {
    this.#candidates.push(trace);
  }

  /** The one that it goes on, or a new one. */
  traceOf(attempt: Attempt): GrowingTrace {
    if (attempt.declared === 1) return new GrowingTrace(attempt, this.#by);
    if (attempt.at - this.#pooledAt > WINDOW_MS) this.#pooled = 0;
    if (this.#candidates.length === 0 && this.#pooled === 0) return new GrowingTrace(attempt, this.#by);
    const candidates = this.#candidates.filter(({ last }) => attempt.at - endOf(last) <= WINDOW_MS);
    this.#candidates = [];
    const [only] = candidates;
    if (only && candidates.length === 1 && this.#pooled === 0 && this.#isTelling(attempt)) {
      only.add(attempt);
      return only;
    }
    const begun = new GrowingTrace(attempt, this.#by);
    if (!only && this.#pooled === 0) return begun;
    for (const trace of [begun, ...candidates]) trace.isUnsure = true;
    this.#pooled = Math.max(0, this.#pooled + candidates.length - 1);
    this.#pooledAt = attempt.at;
    return begun;
  }

  /**
   * After a read that names nobody, whoever comes after a failure is as likely another one, and
   * those who come soon are the same as those who do not heed `Retry-After`. It is a retry only where it says so.
   */
  #isTelling(attempt: Attempt): boolean {
    return !isAnyones(attempt) || this.#by === 'trace-id' || (attempt.declared ?? 1) > 1;
  }
}
