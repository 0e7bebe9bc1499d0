// Times of requests, kept one by one up to a bound and put in order at the end.
import type { Timed } from './jobs.ts';

/** More requests than one slice can have; later ones are counted, and their times are not kept. */
const MOST = 400_000;
const kept = new Float64Array(MOST);

export class Timings {
  #count = 0;

  add(ms: number): void {
    if (this.#count < MOST) kept[this.#count] = ms;
    this.#count++;
  }

  get count(): number {
    return this.#count;
  }

  over(ms: number): Timed {
    const sorted = kept.subarray(0, Math.min(this.#count, MOST)).sort();
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return {
      requests: this.#count,
      perSecond: (this.#count * 1000) / ms,
      min: at(0),
      p50: at(0.5),
      p99: at(0.99),
    };
  }
}
