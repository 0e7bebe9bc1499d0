// One operation of a client and its tries, and when a try has failed.
import { hasServed } from '../journal/served.ts';
import type { Attempt } from './evidence.ts';

/** One thing that the client wanted, and its tries. */
export interface Trace {
  readonly operation: string;
  readonly first: Attempt;
  /** By arrival, at least one. */
  readonly attempts: readonly [Attempt, ...Attempt[]];
  /** Of its attempts. */
  readonly count: number;
  /** The first, the second and so on, counted from 0. */
  at(place: number): Attempt | undefined;
  /** What says that they belong together. */
  readonly by: 'idempotency-key' | 'invocation' | 'trace-id' | 'fingerprint';
  /**
   * By fingerprint alone it could have been a retry of several, or of nobody: it stands as an operation of its own, and
   * is in no figure about retries.
   */
  readonly isUnsure: boolean;
}

/** So long after its last try an operation may be tried again; domain: W = max(10 min, TTL). */
export const WINDOW_MS = 15 * 60_000;

/** Its client cannot be content: no whole answer, one that asks it to come again, or one that it cannot read. */
export const hasFailed = (attempt: Attempt): boolean => attempt.ended !== null && !isServed(attempt);

/** Its client can be content; of one that is still open neither is true. */
export const isServed = (attempt: Attempt): boolean =>
  hasServed({ ended: attempt.ended, status: attempt.status, about: attempt });

/** Whether it was tried again, and it is known that it was. */
export const isRetried = ({ isUnsure, count }: Trace): boolean => !isUnsure && count > 1;

export const mostTriedFirst = (traces: readonly Trace[]): Trace[] => [...traces].sort((a, b) => b.count - a.count);

/** A trace that may grow. Most never do, and have no list of their own: it is made for whoever asks. */
export class GrowingTrace implements Trace {
  readonly by: Trace['by'];
  isUnsure = false;
  readonly first: Attempt;
  #all: [Attempt, ...Attempt[]] | undefined;

  constructor(first: Attempt, by: Trace['by']) {
    this.first = first;
    this.by = by;
  }

  get operation(): string {
    return this.first.operation;
  }

  get attempts(): readonly [Attempt, ...Attempt[]] {
    return this.#all ?? [this.first];
  }

  get count(): number {
    return this.#all?.length ?? 1;
  }

  get last(): Attempt {
    return this.#all?.at(-1) ?? this.first;
  }

  at(place: number): Attempt | undefined {
    return place === 0 ? this.first : this.#all?.[place];
  }

  add(attempt: Attempt): void {
    if (this.#all) this.#all.push(attempt);
    else this.#all = [this.first, attempt];
  }
}
