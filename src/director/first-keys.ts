// The first keys after a place in a long list that is in no order, with their values: a page of it, found in one pass and little memory.

/** Keys kept for each that is wanted, before the rest are thrown away. */
const SPARE = 4;

export class FirstKeys<Value> {
  readonly #after: string;
  readonly #wanted: number;
  readonly #kept = new Map<string, Value>();
  /** The last key that may still be among the first. */
  #last: string | undefined;

  /** Keys greater than `after`. */
  constructor(after: string, wanted: number) {
    this.#after = after;
    this.#wanted = wanted;
  }

  add(key: string, value: Value): void {
    if (key <= this.#after || (this.#last !== undefined && key > this.#last)) return;
    this.#kept.set(key, value);
    if (this.#kept.size < this.#wanted * SPARE) return;
    const first = this.list();
    this.#kept.clear();
    for (const [one, kept] of first) this.#kept.set(one, kept);
    this.#last = first.at(-1)?.[0];
  }

  /** In order. */
  list(): [string, Value][] {
    return [...this.#kept].sort(([one], [other]) => (one < other ? -1 : 1)).slice(0, this.#wanted);
  }
}
