// The newest entries, bounded by count and by a budget of bytes; it takes memory as entries come, and gives it back as they go.
import type { ByteBudget, ByteHolder } from './byte-budget.ts';
import type { JournalEntry } from './entry.ts';
import { estimateBytes } from './entry-size.ts';

/** Nobody needs more. */
export const MAX_ENTRIES = 1_000_000;

/** Entries are kept in chunks of so many: a power of two. */
const CHUNK = 256;
const CHUNK_BITS = Math.log2(CHUNK);

/** Grows at its end only, by `push`: what has gone from its beginning is undefined. */
interface Chunk<Entry> {
  readonly entries: (Entry | undefined)[];
  readonly sizes: number[];
}

export class Ring<Entry extends JournalEntry = JournalEntry> implements ByteHolder {
  /** Most entries that it keeps. */
  readonly capacity: number;
  place = -1;
  readonly #budget: ByteBudget;
  readonly #tellEvicted: ((entry: Entry) => void) | undefined;
  #chunks: Chunk<Entry>[] = [];
  /** `seq` of the first place of the first chunk. */
  #first = 1;
  /** Entries kept are those of `#oldest` up to, not including, `#next`. */
  #oldest = 1;
  #next = 1;
  #bytes = 0;
  #evicted = 0;
  #evictedBeforeClear = 0;
  #lastEvictedAt = Number.NEGATIVE_INFINITY;

  /** `tellEvicted` hears of each entry that has made room. */
  constructor(maxEntries: number, budget: ByteBudget, tellEvicted?: (entry: Entry) => void) {
    if (!Number.isInteger(maxEntries) || maxEntries < 1 || maxEntries > MAX_ENTRIES)
      throw new RangeError(`maxEntries must be 1 to ${MAX_ENTRIES}, got ${maxEntries}`);
    this.capacity = maxEntries;
    this.#budget = budget;
    this.#tellEvicted = tellEvicted;
  }

  /** Gives the entry its `seq` and keeps it; the oldest make room, here or in another ring of the budget. */
  append(entry: Entry): void {
    if (this.#next - this.#oldest >= this.capacity) this.evictOldest();
    entry.seq = this.#next++;
    const at = (entry.seq - this.#first) >> CHUNK_BITS;
    if (at === this.#chunks.length) this.#chunks.push({ entries: [], sizes: [] });
    const { entries, sizes } = this.#chunks[at] as Chunk<Entry>;
    const size = estimateBytes(entry);
    entries.push(entry);
    sizes.push(size);
    this.#bytes += size;
    this.#budget.changed(this, size);
  }

  has(entry: Entry): boolean {
    return this.#at(entry.seq) === entry;
  }

  /** Takes the size of an entry again after it has changed; one that is gone is left alone. */
  resize(entry: Entry): void {
    if (!this.has(entry)) return;
    const index = entry.seq - this.#first;
    const { sizes } = this.#chunks[index >> CHUNK_BITS] as Chunk<Entry>;
    const slot = index & (CHUNK - 1);
    const size = estimateBytes(entry);
    const grown = size - (sizes[slot] as number);
    sizes[slot] = size;
    this.#bytes += grown;
    if (grown !== 0) this.#budget.changed(this, grown);
  }

  clear(): void {
    this.#oldest = this.#next;
    this.#startAnew();
    const held = this.#bytes;
    this.#bytes = 0;
    this.#budget.changed(this, -held);
    this.#evictedBeforeClear = this.#evicted;
    this.#lastEvictedAt = Number.NEGATIVE_INFINITY;
  }

  /** Entries with a `seq` below `before`, all when unset; some may go while somebody goes through them. */
  *newestFirst(before = this.#next): Generator<Entry> {
    for (let seq = Math.min(before, this.#next) - 1; seq >= this.#oldest; seq--) {
      const entry = this.#at(seq);
      if (entry) yield entry;
    }
  }

  /** Entries pushed out since the last clear, when the last of them arrived at `since` or later; else none. */
  evictedSince(since: number): number {
    return this.#lastEvictedAt >= since ? this.#evicted - this.#evictedBeforeClear : 0;
  }

  get oldest(): Entry | undefined {
    return this.#at(this.#oldest);
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

  evictOldest(): void {
    const index = this.#oldest - this.#first;
    const { entries, sizes } = this.#chunks[0] as Chunk<Entry>;
    const oldest = entries[index] as Entry;
    const size = sizes[index] as number;
    entries[index] = undefined;
    if (index === CHUNK - 1) {
      this.#chunks.shift();
      this.#first += CHUNK;
    }
    if (oldest.at > this.#lastEvictedAt) this.#lastEvictedAt = oldest.at;
    this.#oldest++;
    this.#evicted++;
    if (this.length === 0) this.#startAnew();
    this.#bytes -= size;
    this.#budget.changed(this, -size);
    this.#tellEvicted?.(oldest);
  }

  /** Nothing is kept, and takes no memory. */
  #startAnew(): void {
    this.#chunks = [];
    this.#first = this.#next;
  }

  #at(seq: number): Entry | undefined {
    const index = seq - this.#first;
    return index < 0 ? undefined : this.#chunks[index >> CHUNK_BITS]?.entries[index & (CHUNK - 1)];
  }
}
