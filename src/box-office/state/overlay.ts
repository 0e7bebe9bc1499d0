// Writes to a map that are kept apart from it, so that a step can be run again or dropped, and sent as a patch.

/** What became of some keys of a map, in order of writing: a value, or null where the key is gone. */
export type Writes<Value> = ReadonlyMap<string, Value | null>;

export class Overlay<Value extends NonNullable<unknown>> {
  readonly #base: ReadonlyMap<string, Value>;
  #writes: Map<string, Value | null> | undefined;

  constructor(base: ReadonlyMap<string, Value>) {
    this.#base = base;
  }

  get(key: string): Value | undefined {
    const written = this.#writes?.get(key);
    return written === undefined ? this.#base.get(key) : (written ?? undefined);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: Value): void {
    this.#write(key, value);
  }

  delete(key: string): void {
    if (this.has(key)) this.#write(key, null);
  }

  get size(): number {
    let size = this.#base.size;
    if (this.#writes)
      for (const [key, value] of this.#writes) size += Number(value !== null) - Number(this.#base.has(key));
    return size;
  }

  /** In the order of the map beneath, then of writing. */
  *entries(): Generator<[string, Value]> {
    for (const entry of this.#base) if (!this.#writes?.has(entry[0])) yield entry;
    if (this.#writes) for (const [key, value] of this.#writes) if (value !== null) yield [key, value];
  }

  /** What was written; undefined when nothing was. */
  writes(): Writes<Value> | undefined {
    return this.#writes;
  }

  #write(key: string, value: Value | null): void {
    this.#writes ??= new Map();
    this.#writes.set(key, value);
  }
}

export function applyWrites<Value>(map: Map<string, Value>, writes: Writes<Value> | undefined): void {
  if (!writes) return;
  for (const [key, value] of writes) {
    if (value === null) map.delete(key);
    else map.set(key, value);
  }
}
