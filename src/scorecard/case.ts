// What is read from the evidence by several criteria: found when the first of them asks for it, and once.
import type { Case } from './criterion.ts';
import { type Delays, delaysOf } from './delays.ts';
import type { Evidence } from './evidence.ts';
import { type Sale, salesOf } from './sales.ts';
import type { Estimate } from './statistics.ts';
import { timeoutOf } from './time-out.ts';
import { isRetried, type Trace } from './trace.ts';
import { tracesOf } from './tracing.ts';

export const caseOf = (evidence: Evidence): Case => new FoundOnce(evidence);

class FoundOnce implements Case {
  readonly evidence: Evidence;
  #traces: Trace[] | undefined;
  #retried: Trace[] | undefined;
  #sales: readonly Sale[] | undefined;
  /** Null where there is none. */
  #timeout: Estimate | null | undefined;
  #delays: Delays[] | undefined;

  constructor(evidence: Evidence) {
    this.evidence = evidence;
  }

  get traces(): readonly Trace[] {
    this.#traces ??= tracesOf(this.evidence.attempts);
    return this.#traces;
  }

  get retried(): readonly Trace[] {
    this.#retried ??= this.traces.filter(isRetried);
    return this.#retried;
  }

  get sales(): readonly Sale[] {
    this.#sales ??= salesOf(this.evidence.happened);
    return this.#sales;
  }

  get timeout(): Estimate | undefined {
    if (this.#timeout === undefined) this.#timeout = timeoutOf(this.evidence) ?? null;
    return this.#timeout ?? undefined;
  }

  get delays(): readonly Delays[] {
    this.#delays ??= delaysOf(this.retried);
    return this.#delays;
  }
}
