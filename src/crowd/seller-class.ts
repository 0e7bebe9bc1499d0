// Sellers of one class: they share a policy and its state, send calls, lose patience, and try again.
import type { EventHeap } from '../capacity/event-heap.ts';
import { ratesOf, totalsOf } from '../capacity/gauge.ts';
import type { JobSink } from '../capacity/job.ts';
import type { Attempt, AttemptOwner, AttemptPool } from './attempt.ts';
import { type ClassGauges, type ClassRates, classGauges } from './class-gauges.ts';
import { PatienceQueue } from './patience-queue.ts';
import { GIVE_UP, type Policy, REFUSED } from './policy.ts';

/** Retries that may be planned at once, over all classes; beyond, sellers give up. */
export const MAX_PLANNED_RETRIES = 500_000;

export interface ClassObserved {
  readonly policy: string;
  /** A second, over the last seconds. */
  readonly rates: ClassRates;
  readonly totals: ClassRates;
  /** Calls that wait for an answer now: the sockets that sellers would hold. */
  readonly inFlight: number;
  /** Calls sent per operation that was sent at all, over the last seconds; 1 without any. */
  readonly amplification: number;
}

export interface SellerClassOptions {
  readonly name: string;
  readonly policy: Policy;
  readonly timeoutMs: number;
  readonly work: JobSink;
  readonly pool: AttemptPool;
  /** Attempts to send later, by when. */
  readonly planned: EventHeap<Attempt>;
  readonly nowMs: number;
  /** Told of each operation that is done and heard of. */
  readonly done: (nowMs: number) => void;
}

export class SellerClass implements AttemptOwner {
  readonly #of: SellerClassOptions;
  readonly #waiting = new PatienceQueue();
  readonly #gauges: ClassGauges;

  constructor(options: SellerClassOptions) {
    this.#of = options;
    this.#gauges = classGauges(options.nowMs);
  }

  /** When the first of those who wait leaves; Infinity when nobody will. */
  get nextTimeoutMs(): number {
    return this.#waiting.firstDeadlineMs;
  }

  /** A customer asks for something. */
  begin(nowMs: number): void {
    this.#gauges.operations.add(nowMs);
    this.send(this.#of.pool.take(this, 1), nowMs);
  }

  send(attempt: Attempt, nowMs: number): void {
    const { policy, timeoutMs, work, pool } = this.#of;
    const ticket = policy.admit(nowMs);
    if (ticket === REFUSED) {
      this.#gauges.refused.add(nowMs);
      pool.giveBack(attempt);
      return;
    }
    this.#gauges[attempt.number === 1 ? 'firstTries' : 'retries'].add(nowMs);
    attempt.ticket = ticket;
    attempt.deadlineMs = nowMs + timeoutMs;
    this.#waiting.join(attempt);
    work.offer(attempt, nowMs);
  }

  /** The first of those who wait has waited long enough. */
  timeOut(nowMs: number): void {
    const attempt = this.#waiting.first;
    if (!attempt) return;
    this.#waiting.leave(attempt);
    attempt.gone = true;
    this.#gauges.timedOut.add(nowMs);
    this.#afterFailure(attempt.ticket, attempt.number, nowMs, 0);
  }

  answered(attempt: Attempt, nowMs: number): void {
    const { policy, pool, done } = this.#of;
    this.#waiting.leave(attempt);
    this.#gauges.goodput.add(nowMs);
    policy.succeeded(nowMs, attempt.ticket);
    pool.giveBack(attempt);
    done(nowMs);
  }

  shed(attempt: Attempt, nowMs: number, retryAfterS: number): void {
    const { ticket, number } = attempt;
    this.#waiting.leave(attempt);
    this.#gauges.shed.add(nowMs);
    this.#of.pool.giveBack(attempt);
    this.#afterFailure(ticket, number, nowMs, retryAfterS);
  }

  abandoned(attempt: Attempt, nowMs: number, served: boolean): void {
    if (served) this.#gauges.wasted.add(nowMs);
    this.#of.pool.giveBack(attempt);
  }

  /** Everyone leaves; what they asked for may still be worked on. */
  abandon(): void {
    for (let attempt = this.#waiting.first; attempt; attempt = this.#waiting.first) {
      this.#waiting.leave(attempt);
      attempt.gone = true;
    }
  }

  observed(nowMs: number): ClassObserved {
    const rates = ratesOf(this.#gauges, nowMs);
    return {
      policy: this.#of.name,
      rates,
      totals: totalsOf(this.#gauges),
      inFlight: this.#waiting.length,
      amplification: rates.firstTries > 0 ? (rates.firstTries + rates.retries) / rates.firstTries : 1,
    };
  }

  /** Planned even when at once, so that a station that answers within `offer` is not called from within itself. */
  #afterFailure(ticket: number, number: number, nowMs: number, retryAfterS: number): void {
    const { policy, pool, planned } = this.#of;
    const waitMs = policy.failed(nowMs, ticket, number, retryAfterS);
    if (waitMs === GIVE_UP || planned.size >= MAX_PLANNED_RETRIES) return;
    planned.push(nowMs + waitMs, pool.take(this, number + 1));
  }
}
