// The newest entries, bounded by count and by a budget of bytes; it takes memory as entries come, and gives it back as they go.
import type { ByteBudget, ByteHolder } from './byte-budget.ts';
import type { JournalEntry } from './entry.ts';
import { estimateBytes, estimatePacked } from './entry-size.ts';
import type { Cells, Packing } from './packing.ts';

/** Nobody needs more. */
export const MAX_ENTRIES = 1_000_000;

/** Entries are kept in chunks of so many: a power of two. */
const CHUNK = 32;
const CHUNK_BITS = Math.log2(CHUNK);

/** Of each entry, side by side: itself, or the first of its cells where it is packed, or nothing where it is gone; then its size. */
interface Chunk {
  readonly cells: Cells;
  /** What the times of packed entries are against; epoch ms. */
  readonly base: number;
}

export interface RingSettings<Entry extends JournalEntry> {
  readonly maxEntries: number;
  readonly budget: ByteBudget;
  readonly packing: Packing<Entry>;
  /** Hears of the `seq` of each entry that has made room. */
  readonly tellEvicted?: (seq: number) => void;
}

export class Ring<Entry extends JournalEntry = JournalEntry> implements ByteHolder {
  /** Most entries that it keeps. */
  readonly capacity: number;
  slot = -1;
  readonly #budget: ByteBudget;
  readonly #packing: Packing<Entry>;
  readonly #tellEvicted: ((seq: number) => void) | undefined;
  #chunks: Chunk[] = [];
  /** `seq` of the first place of the first chunk. */
  #first = 1;
  /** Entries kept are those of `#oldest` up to, not including, `#next`. */
  #oldest = 1;
  #next = 1;
  #bytes = 0;
  #evicted = 0;
  #evictedBeforeClear = 0;
  #lastEvictedAt = Number.NEGATIVE_INFINITY;

  constructor({ maxEntries, budget, packing, tellEvicted }: RingSettings<Entry>) {
    if (!Number.isInteger(maxEntries) || maxEntries < 1 || maxEntries > MAX_ENTRIES)
      throw new RangeError(`maxEntries must be 1 to ${MAX_ENTRIES}, got ${maxEntries}`);
    this.capacity = maxEntries;
    this.#budget = budget;
    this.#packing = packing;
    this.#tellEvicted = tellEvicted;
  }

  /** Gives the entry its `seq` and keeps it; the oldest make room, here or in another ring of the budget. */
  append(entry: Entry): void {
    if (this.#next - this.#oldest >= this.capacity) this.evictOldest();
    entry.seq = this.#next++;
    const index = entry.seq - this.#first;
    if (index >> CHUNK_BITS === this.#chunks.length)
      this.#chunks.push({ cells: new Array(CHUNK * this.#packing.cells).fill(undefined), base: entry.at });
    const { cells } = this.#chunks[index >> CHUNK_BITS] as Chunk;
    const at = this.#cellOf(index);
    const size = estimateBytes(entry);
    cells[at] = entry;
    cells[at + 1] = size;
    this.#bytes += size;
    this.#budget.changed(this, size);
  }

  has({ seq }: Entry): boolean {
    return seq >= this.#oldest && seq < this.#next;
  }

  /** It will hardly change any more: from now on it is kept small, if it can be, and an equal one is given in its place. */
  pack(entry: Entry): void {
    if (!this.has(entry)) return;
    const index = entry.seq - this.#first;
    const { cells, base } = this.#chunks[index >> CHUNK_BITS] as Chunk;
    const at = this.#cellOf(index);
    if (this.#packing.pack(entry, cells, at, base)) this.#takes(cells, at, estimatePacked(entry));
    else this.resize(entry);
  }

  /** Keeps the entry itself, if it was packed, and takes its size again after it has changed; one that is gone is left alone. */
  resize(entry: Entry): void {
    if (!this.has(entry)) return;
    const index = entry.seq - this.#first;
    const { cells } = this.#chunks[index >> CHUNK_BITS] as Chunk;
    const at = this.#cellOf(index);
    cells[at] = entry;
    cells.fill(undefined, at + 2, at + this.#packing.cells);
    this.#takes(cells, at, estimateBytes(entry));
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

  /** Entries with a `seq` below `before`, all when unset, and of those the newest `most`; some may go while somebody goes through them. */
  *newestFirst(before = this.#next, most = Number.POSITIVE_INFINITY): Generator<Entry> {
    const from = Math.min(before, this.#next) - 1;
    for (let seq = from; seq >= this.#oldest && seq > from - most; seq--) {
      const entry = this.#at(seq);
      if (entry) yield entry;
    }
  }

  /** What is kept now, without what comes meanwhile; some may go while somebody goes through it. */
  *oldestFirst(): Generator<Entry> {
    const end = this.#next;
    for (let seq = this.#oldest; seq < end; seq = Math.max(seq + 1, this.#oldest)) {
      const entry = this.#at(seq);
      if (entry) yield entry;
    }
  }

  /** Entries pushed out since the last clear, when the last of them arrived at `since` or later; else none. */
  evictedSince(since: number): number {
    return this.#lastEvictedAt >= since ? this.#evicted - this.#evictedBeforeClear : 0;
  }

  /** Arrival of the oldest entry kept, epoch ms. */
  get oldestAt(): number | null {
    return this.length === 0 ? null : this.#arrivalOf(this.#oldest - this.#first);
  }

  /** Of the newest that was ever kept; 0 before the first. */
  get lastSeq(): number {
    return this.#next - 1;
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

  evictOldest(count = 1): void {
    let bytes = 0;
    for (let gone = 0; gone < count; gone++) bytes += this.#takeOldest();
    if (this.length === 0) this.#startAnew();
    this.#bytes -= bytes;
    this.#budget.changed(this, -bytes);
  }

  /** Gives its size. */
  #takeOldest(): number {
    const index = this.#oldest - this.#first;
    const { cells } = this.#chunks[0] as Chunk;
    const at = this.#cellOf(index);
    const size = cells[at + 1] as number;
    const arrivedAt = this.#arrivalOf(index);
    if (index === CHUNK - 1) {
      this.#chunks.shift();
      this.#first += CHUNK;
    } else cells.fill(undefined, at, at + this.#packing.cells);
    if (arrivedAt > this.#lastEvictedAt) this.#lastEvictedAt = arrivedAt;
    const seq = this.#oldest++;
    this.#evicted++;
    this.#tellEvicted?.(seq);
    return size;
  }

  /** The entry at these cells takes so many bytes from now on. */
  #takes(cells: Cells, at: number, size: number): void {
    const grown = size - (cells[at + 1] as number);
    if (grown === 0) return;
    cells[at + 1] = size;
    this.#bytes += grown;
    this.#budget.changed(this, grown);
  }

  /** Nothing is kept, and takes no memory. */
  #startAnew(): void {
    this.#chunks = [];
    this.#first = this.#next;
  }

  #at(seq: number): Entry | undefined {
    const index = seq - this.#first;
    const chunk = index < 0 ? undefined : this.#chunks[index >> CHUNK_BITS];
    if (!chunk) return undefined;
    const at = this.#cellOf(index);
    const first = chunk.cells[at];
    if (typeof first !== 'string') return first as Entry | undefined;
    const entry = this.#packing.unpack(chunk.cells, at, chunk.base);
    entry.seq = seq;
    return entry;
  }

  #arrivalOf(index: number): number {
    const { cells, base } = this.#chunks[index >> CHUNK_BITS] as Chunk;
    const at = this.#cellOf(index);
    const first = cells[at];
    return typeof first === 'string' ? base + (cells[at + 2] as number) : (first as Entry).at;
  }

  #cellOf(index: number): number {
    return (index & (CHUNK - 1)) * this.#packing.cells;
  }
}
