// The newest entries, bounded by count and by estimated bytes; allocated once, and nothing moves.
import type { ArrivalEntry } from './entry.ts';
import { estimateBytes } from './entry-size.ts';

/** Nobody needs more, and the ring is allocated at once. */
export const MAX_ENTRIES = 1_000_000;

export class Ring {
  readonly #maxBytes: number;
  readonly #tellEvicted: (entry: ArrivalEntry) => void;
  readonly #entries: (ArrivalEntry | undefined)[];
  readonly #sizes: Uint32Array;
  /** Entries kept are those of `#oldest` up to, not including, `#next`. */
  #oldest = 1;
  #next = 1;
  #bytes = 0;
  #evicted = 0;
  #evictedBeforeClear = 0;
  #lastEvictedAt = Number.NEGATIVE_INFINITY;

  /** `evicted` hears of each entry that has made room. */
  constructor(maxEntries: number, maxBytes: number, evicted: (entry: ArrivalEntry) => void = () => {}) {
    if (!Number.isInteger(maxEntries) || maxEntries < 1 || maxEntries > MAX_ENTRIES)
      throw new RangeError(`maxEntries must be 1 to ${MAX_ENTRIES}, got ${maxEntries}`);
    this.#maxBytes = maxBytes;
    this.#tellEvicted = evicted;
    this.#entries = new Array<ArrivalEntry | undefined>(maxEntries).fill(undefined);
    this.#sizes = new Uint32Array(maxEntries);
  }

  /** Gives the entry its `seq` and keeps it; the oldest make room. The newest stays even when it alone is too large. */
  append(entry: ArrivalEntry): void {
    const capacity = this.#entries.length;
    if (this.#next - this.#oldest >= capacity) this.#evictOldest();
    entry.seq = this.#next++;
    const slot = entry.seq % capacity;
    this.#entries[slot] = entry;
    this.#sizes[slot] = 0;
    this.#account(slot, entry);
  }

  /** Most entries that it keeps. */
  get capacity(): number {
    return this.#entries.length;
  }

  has(entry: ArrivalEntry): boolean {
    return this.#entries[entry.seq % this.#entries.length] === entry;
  }

  /** Takes the size of an entry again after it has changed; one that is gone is left alone. */
  resize(entry: ArrivalEntry): void {
    const slot = entry.seq % this.#entries.length;
    if (this.#entries[slot] === entry) this.#account(slot, entry);
  }

  clear(): void {
    this.#entries.fill(undefined);
    this.#oldest = this.#next;
    this.#bytes = 0;
    this.#evictedBeforeClear = this.#evicted;
    this.#lastEvictedAt = Number.NEGATIVE_INFINITY;
  }

  /** Entries with a `seq` below `before`, all when unset. */
  *newestFirst(before = this.#next): Generator<ArrivalEntry> {
    for (let seq = Math.min(before, this.#next) - 1; seq >= this.#oldest; seq--) {
      const entry = this.#entries[seq % this.#entries.length];
      if (entry?.seq === seq) yield entry; // while somebody goes through them, newer ones may take the place
    }
  }

  /** Entries pushed out since the last clear, when the last of them arrived at `since` or later; else none. */
  evictedSince(since: number): number {
    return this.#lastEvictedAt >= since ? this.#evicted - this.#evictedBeforeClear : 0;
  }

  get oldest(): ArrivalEntry | undefined {
    return this.#entries[this.#oldest % this.#entries.length];
  }

  get length(): number {
    return this.#next - this.#oldest;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Pushed out since the start. */
  get evicted(): number {
    return this.#evicted;
  }

  #account(slot: number, entry: ArrivalEntry): void {
    const size = estimateBytes(entry);
    this.#bytes += size - (this.#sizes[slot] as number);
    this.#sizes[slot] = size;
    while (this.#bytes > this.#maxBytes && this.#oldest < this.#next - 1) this.#evictOldest();
  }

  #evictOldest(): void {
    const slot = this.#oldest % this.#entries.length;
    const oldest = this.#entries[slot] as ArrivalEntry;
    if (oldest.at > this.#lastEvictedAt) this.#lastEvictedAt = oldest.at;
    this.#entries[slot] = undefined;
    this.#bytes -= this.#sizes[slot] as number;
    this.#oldest++;
    this.#evicted++;
    this.#tellEvicted(oldest);
  }
}
