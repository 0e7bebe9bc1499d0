// Asks the seller's own front door each second whether it is there: one GET at a time, and nothing is followed.
import type { Cancel, Clock } from '../base/clock.ts';
import type { Outbound } from '../web/outbound.ts';

/** A front door that takes longer fails. */
export const PROBE_TIMEOUT_MS = 5000;
const EVERY_MS = 1000;

export type Probing = Pick<Outbound, 'get' | 'refusal'>;

export class FrontDoor {
  readonly #url: URL;
  readonly #clock: Clock;
  readonly #outbound: Probing;
  readonly #stop: Cancel;
  readonly #calls = new AbortController();
  #isAsking = false;
  #hasLooked = false;
  #failing: { readonly since: number; readonly why: string } | null = null;

  constructor(url: URL, clock: Clock, outbound: Probing) {
    this.#url = url;
    this.#clock = clock;
    this.#outbound = outbound;
    this.#stop = clock.every(EVERY_MS, () => void this.#ask());
    void this.#ask();
  }

  /** Since when by `clock.ticks()`, and how; null: it answered, or nobody knows yet. */
  get failing(): { readonly since: number; readonly why: string } | null {
    return this.#failing;
  }

  /** Whether anything is known of it. */
  get hasLooked(): boolean {
    return this.#hasLooked;
  }

  close(): void {
    this.#stop();
    this.#calls.abort();
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const askedAt = this.#clock.ticks();
    const why = await this.#whyNot();
    this.#isAsking = false;
    this.#hasLooked = true;
    this.#failing = why === undefined ? null : { since: this.#failing?.since ?? askedAt, why };
  }

  /** Any answer but a failure of its server is one: a page may ask for a login, or lead elsewhere. */
  async #whyNot(): Promise<string | undefined> {
    const late = new AbortController();
    const cancel = this.#clock.later(PROBE_TIMEOUT_MS, () => late.abort());
    const signal = AbortSignal.any([this.#calls.signal, late.signal]);
    const sent = await this.#outbound.get({ url: this.#url, headers: { accept: 'text/html, */*' }, signal });
    cancel();
    if (late.signal.aborted) return `no answer within ${PROBE_TIMEOUT_MS / 1000} s`;
    if ('error' in sent) return sent.error;
    return sent.status >= 500 ? `it answered ${sent.status}` : undefined;
  }
}
