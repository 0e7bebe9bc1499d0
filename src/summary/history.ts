// The summaries of the last minutes as JSON, for who comes late: bounded by what all of them come to when they are sent.

/** Of the newest; what changes each second, and the rest of its text. */
export interface Kept {
  readonly head: string;
  readonly rest: string;
}

export interface HistoryBounds {
  readonly maxSeconds: number;
  /** Of texts as they are sent, each with what parts it from the next. */
  readonly maxBytes: number;
}

/** A comma, or a bracket at the end. */
const SEPARATOR_BYTES = 1;

interface Second extends Kept {
  readonly restBytes: number;
  /** Of all its text. */
  readonly bytes: number;
}

export class History {
  readonly #bounds: HistoryBounds;
  readonly #kept: Second[] = [];
  #bytes = 0;

  constructor(bounds: HistoryBounds) {
    this.#bounds = bounds;
  }

  get seconds(): number {
    return this.#kept.length;
  }

  /** Of all that would be sent. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What stays the same from second to second takes memory once. */
  add({ head, rest }: Kept): void {
    const last = this.#kept.at(-1);
    const same = last?.rest === rest ? last : { rest, restBytes: Buffer.byteLength(rest) };
    const bytes = Buffer.byteLength(head) + same.restBytes + SEPARATOR_BYTES;
    this.#kept.push({ head, rest: same.rest, restBytes: same.restBytes, bytes });
    this.#bytes += bytes;
    const { maxSeconds, maxBytes } = this.#bounds;
    while (this.#kept.length > maxSeconds || this.#bytes > maxBytes) this.#bytes -= this.#kept.shift()?.bytes ?? 0;
  }

  forget(): void {
    this.#kept.length = 0;
    this.#bytes = 0;
  }

  /** The oldest first. */
  *texts(): Generator<string> {
    for (const { head, rest } of this.#kept) yield head + rest;
  }
}
