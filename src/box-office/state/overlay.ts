// Writes to a map that are kept apart from it, so that a step can be run again or dropped.

export class Overlay<Value> {
  readonly #base: Map<string, Value>;
  #writes: Map<string, Value | undefined> | undefined;

  constructor(base: Map<string, Value>) {
    this.#base = base;
  }

  get(key: string): Value | undefined {
    return this.#writes?.has(key) ? this.#writes.get(key) : this.#base.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: Value): void {
    this.#write(key, value);
  }

  delete(key: string): void {
    this.#write(key, undefined);
  }

  /** In the order of the map beneath, then of writing. */
  *entries(): Generator<[string, Value]> {
    for (const entry of this.#base) if (!this.#writes?.has(entry[0])) yield entry;
    if (this.#writes) for (const [key, value] of this.#writes) if (value !== undefined) yield [key, value];
  }

  commit(): void {
    if (!this.#writes) return;
    for (const [key, value] of this.#writes) {
      if (value === undefined) this.#base.delete(key);
      else this.#base.set(key, value);
    }
  }

  #write(key: string, value: Value | undefined): void {
    this.#writes ??= new Map();
    this.#writes.set(key, value);
  }
}
