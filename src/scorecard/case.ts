// What is read from the evidence by several criteria: found when the first of them asks for it, and once.
import { type Arrivals, arrivalsOf } from './arrivals.ts';
import type { Case } from './criterion.ts';
import { type Delays, delaysOf } from './delays.ts';
import type { Attempt, Evidence } from './evidence.ts';
import { givenUp } from './given-up.ts';
import { type Asked, askedOf } from './in-vain.ts';
import { type Repeats, repeatsOf } from './repeats.ts';
import { type Sale, salesOf } from './sales.ts';
import type { Estimate } from './statistics.ts';
import { timeoutOf } from './time-out.ts';
import type { Trace } from './trace.ts';
import type { Traces } from './traces.ts';

/** `arrivals` are the attempts of the evidence, where somebody has them in this form already. */
export const caseOf = (evidence: Evidence, arrivals: Arrivals = arrivalsOf(evidence.attempts)): Case =>
  new FoundOnce(evidence, arrivals);

class FoundOnce implements Case {
  readonly evidence: Evidence;
  readonly #arrivals: Arrivals;
  #asked: Asked[] | undefined;
  #retried: Trace[] | undefined;
  #sales: readonly Sale[] | undefined;
  #left: readonly Attempt[] | undefined;
  #repeats: Repeats | undefined;
  /** Null where there is none. */
  #timeout: Estimate | null | undefined;
  #delays: Delays[] | undefined;

  constructor(evidence: Evidence, arrivals: Arrivals) {
    this.evidence = evidence;
    this.#arrivals = arrivals;
  }

  get named(): readonly Attempt[] {
    return this.#arrivals.named;
  }

  get anyones(): readonly Attempt[] {
    return this.#arrivals.anyones;
  }

  get byOperation(): ReadonlyMap<string, readonly Attempt[]> {
    return this.#arrivals.byOperation;
  }

  get asked(): readonly Asked[] {
    this.#asked ??= askedOf(this.evidence, this.byOperation);
    return this.#asked;
  }

  get traces(): Traces {
    return this.#arrivals.traces;
  }

  get retried(): readonly Trace[] {
    this.#retried ??= this.traces.retried;
    return this.#retried;
  }

  get sales(): readonly Sale[] {
    this.#sales ??= salesOf(this.evidence.happened);
    return this.#sales;
  }

  get repeats(): Repeats {
    this.#repeats ??= repeatsOf(this.named, this.evidence.happened);
    return this.#repeats;
  }

  get left(): readonly Attempt[] {
    this.#left ??= givenUp(this.evidence.attempts);
    return this.#left;
  }

  get timeout(): Estimate | undefined {
    if (this.#timeout === undefined) this.#timeout = timeoutOf(this.left) ?? null;
    return this.#timeout ?? undefined;
  }

  get delays(): readonly Delays[] {
    this.#delays ??= delaysOf(this.retried);
    return this.#delays;
  }
}
