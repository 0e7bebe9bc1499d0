// A binary heap of payloads by time: what is due first comes out first, and of two due at once the same one each time.

const FIRST_SIZE = 64;

/** Keys lie in a typed array beside the payloads: no allocation per entry, where heaps of npm (tinyqueue) want an object. */
export class EventHeap<Payload> {
  #keys = new Float64Array(FIRST_SIZE);
  readonly #payloads: (Payload | undefined)[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The earliest key; Infinity when empty. */
  get firstKey(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : (this.#keys[0] as number);
  }

  push(key: number, payload: Payload): void {
    if (this.#size === this.#keys.length) this.#grow();
    const keys = this.#keys;
    const payloads = this.#payloads;
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentKey = keys[parent] as number;
      if (parentKey <= key) break;
      keys[hole] = parentKey;
      payloads[hole] = payloads[parent];
      hole = parent;
    }
    keys[hole] = key;
    payloads[hole] = payload;
  }

  /** Takes the payload with the earliest key out; undefined when empty. */
  pop(): Payload | undefined {
    if (this.#size === 0) return undefined;
    const first = this.#payloads[0];
    const last = --this.#size;
    const key = this.#keys[last] as number;
    const payload = this.#payloads[last];
    this.#payloads[last] = undefined;
    if (last > 0) this.#sink(key, payload);
    return first;
  }

  /** Takes all payloads out, in no order: a million sorted would take a second. */
  drain(): Payload[] {
    const all = this.#payloads.slice(0, this.#size) as Payload[];
    this.clear();
    return all;
  }

  clear(): void {
    this.#payloads.fill(undefined);
    this.#size = 0;
  }

  #sink(key: number, payload: Payload | undefined): void {
    const keys = this.#keys;
    const payloads = this.#payloads;
    const size = this.#size;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && (keys[child + 1] as number) < (keys[child] as number)) child += 1;
      if ((keys[child] as number) >= key) break;
      keys[hole] = keys[child] as number;
      payloads[hole] = payloads[child];
      hole = child;
    }
    keys[hole] = key;
    payloads[hole] = payload;
  }

  #grow(): void {
    const wider = new Float64Array(this.#keys.length * 2);
    wider.set(this.#keys);
    this.#keys = wider;
  }
}
