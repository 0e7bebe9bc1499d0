// After how long a client leaves, where it leaves after the same time again and again: its time-out, as far as one can see it.

/** The last so many times that it left. */
const KEPT = 20;
/** So many must agree. */
const MIN_ALIKE = 5;
/** The longest of those that agree is longer than the shortest by so much at most. */
const SPREAD = 0.05;

export class LeaveTimes {
  readonly #kept = new Float64Array(KEPT);
  #count = 0;
  #told: number | null = null;
  #isStale = false;

  add(ms: number): void {
    this.#kept[this.#count++ % KEPT] = ms;
    this.#isStale = true;
  }

  /** The middle one of most that agree; of as many, the shorter; null where too few do. */
  get timeoutMs(): number | null {
    if (this.#isStale) this.#told = mostAlike(this.#kept.slice(0, this.#count).sort());
    this.#isStale = false;
    return this.#told;
  }
}

function mostAlike(sorted: Float64Array): number | null {
  let from = 0;
  let most = { count: MIN_ALIKE - 1, middle: null as number | null };
  for (let at = 0; at < sorted.length; at++) {
    while ((sorted[at] as number) > (sorted[from] as number) * (1 + SPREAD)) from++;
    const count = at - from + 1;
    if (count > most.count) most = { count, middle: sorted[from + Math.floor(count / 2)] as number };
  }
  return most.middle;
}
