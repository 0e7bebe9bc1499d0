// Bytes that all journals of a process may keep together: when they are spent, whoever holds most gives its oldest up.

/** Something that holds bytes of a budget, and can do with less. */
export interface ByteHolder {
  readonly bytes: number;
  /** Entries held. */
  readonly length: number;
  /** Where it stands in the budget's heap, which alone writes it; -1 while it holds nothing. */
  place: number;
  /** Lets its oldest entry go, and says so to the budget. */
  evictOldest(): void;
}

/** The holders are a heap by their bytes, so that with a thousand of them a change costs a few steps, and with one none. */
export class ByteBudget {
  readonly maxBytes: number;
  readonly #heap: ByteHolder[] = [];
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
    if (holder.place < 0) {
      if (by <= 0) return;
      holder.place = this.#heap.length;
      this.#heap.push(holder);
    }
    if (by > 0) this.#rise(holder);
    else if (holder.length > 0) this.#sink(holder);
    else this.#remove(holder);
    if (by > 0) while (this.#bytes > this.maxBytes && this.#evictFor(holder)) {}
  }

  /** False when nothing is left to give up but the newest of the one that grew. */
  #evictFor(grown: ByteHolder): boolean {
    const heap = this.#heap;
    const first = heap[0];
    const left = heap[1];
    const right = heap[2];
    const spares = first !== grown || grown.length > 1;
    const next = left && right && right.bytes > left.bytes ? right : left;
    const victim = spares ? first : next;
    victim?.evictOldest();
    return victim !== undefined;
  }

  #rise(holder: ByteHolder): void {
    const heap = this.#heap;
    let { place } = holder;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above] as ByteHolder;
      if (parent.bytes >= holder.bytes) break;
      this.#put(parent, place);
      place = above;
    }
    this.#put(holder, place);
  }

  #sink(holder: ByteHolder): void {
    const heap = this.#heap;
    let { place } = holder;
    for (;;) {
      const below = 2 * place + 1;
      if (below >= heap.length) break;
      let child = heap[below] as ByteHolder;
      const right = heap[below + 1];
      if (right && right.bytes > child.bytes) child = right;
      if (child.bytes <= holder.bytes) break;
      const from = child.place;
      this.#put(child, place);
      place = from;
    }
    this.#put(holder, place);
  }

  #remove(holder: ByteHolder): void {
    const { place } = holder;
    const last = this.#heap.pop() as ByteHolder;
    holder.place = -1;
    if (last === holder) return;
    this.#put(last, place);
    this.#rise(last);
    this.#sink(last);
  }

  #put(holder: ByteHolder, place: number): void {
    this.#heap[place] = holder;
    holder.place = place;
  }
}
