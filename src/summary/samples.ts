// Some of the exchanges that ended in a second, failures first: the latest of each, in rings that only hold them until it is over.
import type { ExchangeEntry } from '../journal/entry.ts';

export class Samples {
  readonly #max: number;
  #failed: ExchangeEntry[] = [];
  #others: ExchangeEntry[] = [];
  #failures = 0;
  #ended = 0;

  /** At most `max` are told of a second. */
  constructor(max: number) {
    this.#max = max;
  }

  add(entry: ExchangeEntry, hasFailed: boolean): void {
    this.#ended++;
    if (hasFailed) this.#failed[this.#failures++ % this.#max] = entry;
    else this.#others[(this.#ended - this.#failures - 1) % this.#max] = entry;
  }

  /** Those of the second that is over, failures first, each by `seq`; and their share of all that ended in it. */
  take(): { readonly entries: readonly ExchangeEntry[]; readonly rate: number } {
    const others = this.#others.sort(bySeq);
    const room = this.#max - this.#failed.length;
    const chosen = [...this.#failed.sort(bySeq), ...others.slice(Math.max(0, others.length - room))];
    const rate = this.#ended === 0 ? 1 : chosen.length / this.#ended;
    this.forget();
    return { entries: chosen, rate };
  }

  forget(): void {
    this.#failed = [];
    this.#others = [];
    this.#failures = 0;
    this.#ended = 0;
  }
}

const bySeq = (one: ExchangeEntry, other: ExchangeEntry): number => one.seq - other.seq;
