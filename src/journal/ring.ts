// The newest entries, bounded by count and by estimated bytes; allocated once, and nothing moves.
import type { ExchangeEntry } from './entry.ts';

/** Nobody needs more, and the ring is allocated at once. */
export const MAX_ENTRIES = 1_000_000;

/** Measured on V8 24 for an ordinary entry with its own strings: 460; a little more keeps the promise. */
const ENTRY_BYTES = 500;
const DRAW_BYTES = 120;

export class Ring {
  readonly #maxBytes: number;
  readonly #tellEvicted: (entry: ExchangeEntry) => void;
  readonly #entries: (ExchangeEntry | undefined)[];
  readonly #sizes: Uint32Array;
  /** Entries kept are those of `#oldest` up to, not including, `#next`. */
  #oldest = 1;
  #next = 1;
  #bytes = 0;
  #evicted = 0;
  #evictedBeforeClear = 0;
  #lastEvictedAt = Number.NEGATIVE_INFINITY;

  /** `evicted` hears of each entry that has made room. */
  constructor(maxEntries: number, maxBytes: number, evicted: (entry: ExchangeEntry) => void = () => {}) {
    if (!Number.isInteger(maxEntries) || maxEntries < 1 || maxEntries > MAX_ENTRIES)
      throw new RangeError(`maxEntries must be 1 to ${MAX_ENTRIES}, got ${maxEntries}`);
    this.#maxBytes = maxBytes;
    this.#tellEvicted = evicted;
    this.#entries = new Array<ExchangeEntry | undefined>(maxEntries).fill(undefined);
    this.#sizes = new Uint32Array(maxEntries);
  }

  /** Gives the entry its `seq` and keeps it; the oldest make room. The newest stays even when it alone is too large. */
  append(entry: ExchangeEntry): void {
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

  has(entry: ExchangeEntry): boolean {
    return this.#entries[entry.seq % this.#entries.length] === entry;
  }

  /** Takes the size of an entry again after it has changed; one that is gone is left alone. */
  resize(entry: ExchangeEntry): void {
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
  *newestFirst(before = this.#next): Generator<ExchangeEntry> {
    for (let seq = Math.min(before, this.#next) - 1; seq >= this.#oldest; seq--) {
      const entry = this.#entries[seq % this.#entries.length];
      if (entry?.seq === seq) yield entry; // while somebody goes through them, newer ones may take the place
    }
  }

  /** Entries pushed out since the last clear, when the last of them arrived at `since` or later; else none. */
  evictedSince(since: number): number {
    return this.#lastEvictedAt >= since ? this.#evicted - this.#evictedBeforeClear : 0;
  }

  get oldest(): ExchangeEntry | undefined {
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

  #account(slot: number, entry: ExchangeEntry): void {
    const size = estimateBytes(entry);
    this.#bytes += size - (this.#sizes[slot] as number);
    this.#sizes[slot] = size;
    while (this.#bytes > this.#maxBytes && this.#oldest < this.#next - 1) this.#evictOldest();
  }

  #evictOldest(): void {
    const slot = this.#oldest % this.#entries.length;
    const oldest = this.#entries[slot] as ExchangeEntry;
    if (oldest.at > this.#lastEvictedAt) this.#lastEvictedAt = oldest.at;
    this.#entries[slot] = undefined;
    this.#bytes -= this.#sizes[slot] as number;
    this.#oldest++;
    this.#evicted++;
    this.#tellEvicted(oldest);
  }
}

export function estimateBytes(entry: ExchangeEntry): number {
  return (
    ENTRY_BYTES +
    entry.url.length +
    entry.requestId.length +
    (entry.idempotencyKey === null ? 0 : entry.idempotencyKey.length) +
    (entry.traceparent === null ? 0 : entry.traceparent.length) +
    drawsOf(entry) * DRAW_BYTES
  );
}

/** Rules of which the entry tells what became of them. */
export const drawsOf = ({ hits, spared, inapplicable, limited }: ExchangeEntry): number =>
  hits.length + spared.length + inapplicable.length + limited.length;
