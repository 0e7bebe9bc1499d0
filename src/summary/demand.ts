// The state of a client's circuit breaker as its demand lets one guess it, second by second; null where too little comes to say.

/** Failures are looked for in the last so many seconds. */
const WINDOW_S = 10;
const MIN_ENDED = 10;
const FAILED_SHARE = 0.5;
/** An open circuit lets less than this share of the demand before through. */
const QUIET_SHARE = 0.1;
/** Looked at for a fall: so many seconds at least, and so many that this many requests were to come. */
const QUIET_S = 3;
const MIN_EXPECTED = 5;
/** Demand is steady where each second, or the mean one of a window, brings so many. */
const STEADY_PER_S = 1;
/** Without a failure for so long nothing is guessed from those before: who is silent has gone, or been stopped. */
const FORGOTTEN_S = 120;

export type BreakerState = 'closed' | 'half-open' | 'open';

export class Demand {
  readonly #arrived = new Uint32Array(WINDOW_S);
  readonly #ended = new Uint32Array(WINDOW_S);
  readonly #failed = new Uint32Array(WINDOW_S);
  #seconds = 0;
  /** Requests a second while they failed; 0: they do not. */
  #before = 0;
  #silentS = 0;
  #wellS = 0;
  #state: BreakerState | null = null;

  get state(): BreakerState | null {
    return this.#state;
  }

  /** What came, ended and failed in a second that is over. */
  second(arrived: number, ended: number, failed: number): void {
    const at = this.#seconds++ % WINDOW_S;
    this.#arrived[at] = arrived;
    this.#ended[at] = ended;
    this.#failed[at] = failed;
    this.#silentS = arrived > 0 ? 0 : this.#silentS + 1;
    this.#wellS = failed > 0 ? 0 : this.#wellS + 1;
    const isBroken = this.#state === 'open' || this.#state === 'half-open';
    this.#state = isBroken ? this.#whileBroken(arrived) : this.#whileWhole();
  }

  #whileWhole(): BreakerState | null {
    const isFailing = this.#isFailing();
    if (isFailing) this.#before = Math.max(this.#before, this.#rateOver(WINDOW_S));
    const quietS = Math.min(WINDOW_S, Math.max(QUIET_S, Math.ceil(MIN_EXPECTED / this.#before)));
    if (this.#before > 0 && this.#rateOver(quietS) < this.#before * QUIET_SHARE) return 'open';
    if (!isFailing && this.#lastOf(this.#ended, WINDOW_S) >= MIN_ENDED) this.#before = 0;
    return this.#rateOver(WINDOW_S) >= STEADY_PER_S ? 'closed' : null;
  }

  #whileBroken(arrived: number): BreakerState | null {
    const isBack = this.#isSteady() && this.#rateOver(QUIET_S) >= this.#before * QUIET_SHARE;
    const isLess = !this.#isFailing() && this.#lastOf(this.#ended, WINDOW_S) >= MIN_ENDED;
    const isForgotten = this.#wellS >= FORGOTTEN_S;
    if (isBack || isLess || isForgotten) {
      this.#before = 0;
      return isBack || isLess ? 'closed' : null;
    }
    if (arrived > 0) return 'half-open';
    return this.#silentS >= QUIET_S ? 'open' : this.#state;
  }

  #isFailing(): boolean {
    const ended = this.#lastOf(this.#ended, WINDOW_S);
    return ended >= MIN_ENDED && this.#lastOf(this.#failed, WINDOW_S) >= ended * FAILED_SHARE;
  }

  #isSteady(): boolean {
    for (let back = 1; back <= QUIET_S; back++) if (this.#at(this.#arrived, back) < STEADY_PER_S) return false;
    return true;
  }

  /** Requests a second over the last so many, or those that there were. */
  #rateOver(seconds: number): number {
    const seen = Math.min(seconds, this.#seconds);
    return this.#lastOf(this.#arrived, seen) / seen;
  }

  #lastOf(counts: Uint32Array, seconds: number): number {
    let sum = 0;
    for (let back = 1; back <= seconds; back++) sum += this.#at(counts, back);
    return sum;
  }

  /** Of the last second at 1. */
  #at(counts: Uint32Array, back: number): number {
    return counts[(this.#seconds + WINDOW_S - back) % WINDOW_S] as number;
  }
}
