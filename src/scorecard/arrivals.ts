// The attempts of one client by arrival, and those parts of them that several criteria want, found as they come.
import { type Attempt, isAnyones } from './evidence.ts';
import { addTo } from './groups.ts';
import type { Traces } from './traces.ts';
import { Tracing } from './tracing.ts';

/** So many are looked at together: who has few takes no memory for it before it is judged. */
const TOGETHER = 4096;

export class Arrivals {
  readonly all: Attempt[] = [];
  readonly #named: Attempt[] = [];
  readonly #anyones: Attempt[] = [];
  readonly #byOperation = new Map<string, Attempt[]>();
  #tracing: Tracing | undefined;
  #traces: Traces | undefined;
  /** So many of all are in those parts. */
  #lookedAt = 0;
  #isByTime = true;

  add(attempt: Attempt): void {
    if (this.all.push(attempt) % TOGETHER === 0) this.#look();
  }

  /** The same by time, which a record of how they ended is not; nothing is added any more. */
  get byTime(): Arrivals {
    this.#look();
    return this.#isByTime ? this : arrivalsOf([...this.all].sort(byTime));
  }

  /** Those that name somebody or something of theirs, or change something. */
  get named(): readonly Attempt[] {
    this.#look();
    return this.#named;
  }

  /** The others: reads that every buyer makes alike. */
  get anyones(): readonly Attempt[] {
    this.#look();
    return this.#anyones;
  }

  /** All, by what they ask for. */
  get byOperation(): ReadonlyMap<string, readonly Attempt[]> {
    this.#look();
    return this.#byOperation;
  }

  /** As operations of the client and their attempts; nothing is added any more. */
  get traces(): Traces {
    this.#traces ??= this.#look().end();
    return this.#traces;
  }

  /** At those that have come since; where one came out of turn, all must be sorted first. */
  #look(): Tracing {
    this.#tracing ??= new Tracing(this.all);
    for (; this.#lookedAt < this.all.length && this.#isByTime; this.#lookedAt++) {
      const attempt = this.all[this.#lookedAt] as Attempt;
      if (attempt.at < (this.all[this.#lookedAt - 1]?.at ?? attempt.at)) this.#isByTime = false;
      if (isAnyones(attempt)) this.#anyones.push(attempt);
      else this.#named.push(attempt);
      addTo(this.#byOperation, attempt.operation, attempt);
      this.#tracing.add(attempt);
    }
    return this.#tracing;
  }
}

/** Of attempts by arrival. */
export function arrivalsOf(attempts: readonly Attempt[]): Arrivals {
  const arrivals = new Arrivals();
  for (const attempt of attempts) arrivals.add(attempt);
  return arrivals;
}

export const byTime = (a: { readonly at: number }, b: { readonly at: number }): number => a.at - b.at;
