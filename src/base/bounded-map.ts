// A map that never grows beyond its bounds, of entries and of what they take: what was put in longest ago makes room.

export interface MapBounds {
  readonly maxEntries: number;
  /** Of all entries together; an entry that takes more by itself is not kept. */
  readonly maxBytes: number;
}

interface Sized<Value> {
  readonly value: Value;
  readonly bytes: number;
}

/**
 * Written here because it forgets by age, whatever is read, as a cache of answers does: `lru-cache`, which bounds by size
 * too, keeps what is read longest, and `quick-lru` bounds the entries alone.
 */
export class BoundedMap<Key, Value> {
  readonly #bounds: MapBounds;
  readonly #entries = new Map<Key, Sized<Value>>();
  #bytes = 0;

  /** A number bounds the entries alone. */
  constructor(bounds: number | MapBounds) {
    this.#bounds = typeof bounds === 'number' ? { maxEntries: bounds, maxBytes: Number.POSITIVE_INFINITY } : bounds;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key)?.value;
  }

  /** A key that is there already counts as new. */
  set(key: Key, value: Value, bytes = 0): void {
    const { maxEntries, maxBytes } = this.#bounds;
    this.delete(key);
    if (bytes > maxBytes) return;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size < maxEntries && this.#bytes + bytes <= maxBytes) break;
      this.delete(oldest);
    }
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
  }

  delete(key: Key): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }
}
