// A circuit breaker: too many failures, and no call is sent for a while; then one probe decides.
import { REFUSED } from './policy.ts';

/** Opens at this share of failures, among at least so many calls of the last ten seconds. */
const FAILED_SHARE = 0.5;
const MIN_CALLS = 20;
const WINDOW_MS = 10_000;
const BUCKETS = 10;
const BUCKET_MS = WINDOW_MS / BUCKETS;

type CircuitState = 'closed' | 'open' | 'half-open';

/**
 * Written here because it is told the time of the simulation; the breakers of npm (cockatiel, opossum) read the clock.
 * Every change of state begins a new epoch, and the epoch is the ticket of its calls: the outcome of a call that was sent
 * in an earlier one says nothing about now and is not heard.
 */
export class Breaker {
  readonly #openMs: number;
  readonly #calls = new Int32Array(BUCKETS);
  readonly #failures = new Int32Array(BUCKETS);
  #bucket = 0;
  #state: CircuitState = 'closed';
  #epoch = REFUSED + 1;
  #openUntilMs = 0;

  constructor(openMs: number) {
    this.#openMs = openMs;
  }

  get isOpen(): boolean {
    return this.#state !== 'closed';
  }

  /** The ticket of a call that may be sent, or REFUSED; once the time is over, the first to ask is the probe. */
  admit(nowMs: number): number {
    if (this.#state === 'closed') return this.#epoch;
    if (this.#state === 'half-open' || nowMs < this.#openUntilMs) return REFUSED;
    this.#enter('half-open');
    return this.#epoch;
  }

  record(nowMs: number, ticket: number, ok: boolean): void {
    if (ticket !== this.#epoch) return;
    if (this.#state === 'half-open') {
      if (ok) this.#close();
      else this.#open(nowMs);
      return;
    }
    this.#count(nowMs, ok);
    if (!ok && this.#tooManyFailed()) this.#open(nowMs);
  }

  #enter(state: CircuitState): void {
    this.#state = state;
    this.#epoch += 1;
  }

  #open(nowMs: number): void {
    this.#enter('open');
    this.#openUntilMs = nowMs + this.#openMs;
  }

  #close(): void {
    this.#enter('closed');
    this.#calls.fill(0);
    this.#failures.fill(0);
  }

  #count(nowMs: number, ok: boolean): void {
    const bucket = Math.floor(nowMs / BUCKET_MS);
    for (let old = Math.max(this.#bucket + 1, bucket - BUCKETS + 1); old <= bucket; old++) {
      this.#calls[old % BUCKETS] = 0;
      this.#failures[old % BUCKETS] = 0;
    }
    this.#bucket = Math.max(this.#bucket, bucket);
    const at = bucket % BUCKETS;
    this.#calls[at] = (this.#calls[at] as number) + 1;
    if (!ok) this.#failures[at] = (this.#failures[at] as number) + 1;
  }

  #tooManyFailed(): boolean {
    let calls = 0;
    let failures = 0;
    for (let i = 0; i < BUCKETS; i++) {
      calls += this.#calls[i] as number;
      failures += this.#failures[i] as number;
    }
    return calls >= MIN_CALLS && failures >= FAILED_SHARE * calls;
  }
}
