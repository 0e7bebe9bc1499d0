// Bytes that all journals of a process may keep together: when they are spent, whoever holds most gives its oldest up.

/** Something that holds bytes of a budget, and can do with less. */
export interface ByteHolder {
  /** Entries held. */
  readonly length: number;
  /** What it is known by to the budget, which alone writes it; -1 while it holds nothing. */
  slot: number;
  /** Lets so many of its oldest entries go, unset: one, and says so to the budget. */
  evictOldest(count?: number): void;
}

/** Who holds many entries gives up some at once, one of so many, so that it is not looked for at each new entry. */
const ONE_OF = 32;
const MAX_AT_ONCE = 16;

/**
 * The holders are a heap by their bytes, so that with a thousand of them a change costs a few steps, and with one none.
 * It is kept in arrays of numbers by slot: holders themselves are far apart in memory, and only the one that is to give
 * up something is looked at.
 */
export class ByteBudget {
  readonly maxBytes: number;
  readonly #holders: (ByteHolder | undefined)[] = [];
  readonly #bytesOf: number[] = [];
  /** Where each slot stands in the heap. */
  readonly #placeOf: number[] = [];
  /** Slots that are free to be given away. */
  readonly #free: number[] = [];
  /** Slots, the one that holds most first. */
  readonly #heap: number[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Held by all together. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Those that hold anything. */
  get holders(): number {
    return this.#heap.length;
  }

  /** The bytes of a holder have become more, or fewer. Its newest entry stays, even when it alone is too large. */
  changed(holder: ByteHolder, by: number): void {
    this.#bytes += by;
    if (holder.slot < 0) {
      if (by <= 0) return;
      this.#add(holder);
    }
    const { slot } = holder;
    this.#bytesOf[slot] = (this.#bytesOf[slot] as number) + by;
    if (by > 0) this.#rise(slot);
    else if (holder.length > 0) this.#sink(slot);
    else this.#remove(holder);
    if (by > 0) while (this.#bytes > this.maxBytes && this.#evictFor(holder)) {}
  }

  /** False when nothing is left to give up but the newest of the one that grew. */
  #evictFor(grown: ByteHolder): boolean {
    const heap = this.#heap;
    const first = heap[0];
    const left = heap[1];
    const right = heap[2];
    const spares = first !== grown.slot || grown.length > 1;
    const next = left !== undefined && right !== undefined && this.#isMore(right, left) ? right : left;
    const victim = spares ? first : next;
    if (victim === undefined) return false;
    const holder = this.#holders[victim] as ByteHolder;
    holder.evictOldest(1 + Math.min(MAX_AT_ONCE - 1, Math.floor(holder.length / ONE_OF)));
    return true;
  }

  #add(holder: ByteHolder): void {
    const slot = this.#free.pop() ?? this.#holders.length;
    holder.slot = slot;
    this.#holders[slot] = holder;
    this.#bytesOf[slot] = 0;
    this.#put(slot, this.#heap.length);
  }

  #rise(slot: number): void {
    let place = this.#placeOf[slot] as number;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#heap[above] as number;
      if (!this.#isMore(slot, parent)) break;
      this.#put(parent, place);
      place = above;
    }
    this.#put(slot, place);
  }

  #sink(slot: number): void {
    const heap = this.#heap;
    let place = this.#placeOf[slot] as number;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && this.#isMore(heap[below + 1] as number, heap[below] as number)) below++;
      const child = heap[below] as number;
      if (!this.#isMore(child, slot)) break;
      this.#put(child, place);
      place = below;
    }
    this.#put(slot, place);
  }

  #remove(holder: ByteHolder): void {
    const { slot } = holder;
    const last = this.#heap.pop() as number;
    holder.slot = -1;
    this.#holders[slot] = undefined;
    this.#free.push(slot);
    if (last === slot) return;
    this.#put(last, this.#placeOf[slot] as number);
    this.#rise(last);
    this.#sink(last);
  }

  #isMore(slot: number, than: number): boolean {
    return (this.#bytesOf[slot] as number) > (this.#bytesOf[than] as number);
  }

  #put(slot: number, place: number): void {
    this.#heap[place] = slot;
    this.#placeOf[slot] = place;
  }
}
