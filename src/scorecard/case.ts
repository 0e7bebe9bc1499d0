// What is read from the evidence by several criteria: found when the first of them asks for it, and once.
import type { Case } from './criterion.ts';
import { type Delays, delaysOf } from './delays.ts';
import { type Attempt, type Evidence, isAnyones } from './evidence.ts';
import { type Sale, salesOf } from './sales.ts';
import type { Estimate } from './statistics.ts';
import { gaveUp, timeoutOf } from './time-out.ts';
import { isRetried, type Trace } from './trace.ts';
import type { Traces } from './traces.ts';
import { tracesOf } from './tracing.ts';

export const caseOf = (evidence: Evidence): Case => new FoundOnce(evidence);

class FoundOnce implements Case {
  readonly evidence: Evidence;
  #parts: Parts | undefined;
  #traces: Traces | undefined;
  #retried: Trace[] | undefined;
  #sales: readonly Sale[] | undefined;
  #left: Attempt[] | undefined;
  /** Null where there is none. */
  #timeout: Estimate | null | undefined;
  #delays: Delays[] | undefined;

  constructor(evidence: Evidence) {
    this.evidence = evidence;
  }

  get named(): readonly Attempt[] {
    return this.#split.named;
  }

  get anyones(): readonly Attempt[] {
    return this.#split.anyones;
  }

  get traces(): Traces {
    this.#traces ??= tracesOf(this.evidence.attempts);
    return this.#traces;
  }

  get retried(): readonly Trace[] {
    this.#retried ??= retriedOf(this.traces);
    return this.#retried;
  }

  get sales(): readonly Sale[] {
    this.#sales ??= salesOf(this.evidence.happened);
    return this.#sales;
  }

  get left(): readonly Attempt[] {
    this.#left ??= this.evidence.attempts.filter(gaveUp);
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

  get #split(): Parts {
    this.#parts ??= split(this.evidence.attempts);
    return this.#parts;
  }
}

interface Parts {
  readonly named: readonly Attempt[];
  readonly anyones: readonly Attempt[];
}

function split(attempts: readonly Attempt[]): Parts {
  const [named, anyones]: [Attempt[], Attempt[]] = [[], []];
  for (const attempt of attempts) {
    if (isAnyones(attempt)) anyones.push(attempt);
    else named.push(attempt);
  }
  return { named, anyones };
}

function retriedOf(traces: Traces): Trace[] {
  const retried: Trace[] = [];
  for (const trace of traces) if (isRetried(trace)) retried.push(trace);
  return retried;
}
