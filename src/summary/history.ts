// The summaries of the last minutes as JSON, for who comes late: what stays the same from second to second is kept once.

/** Of the newest; what changes each second, and the rest of its text. */
export interface Kept {
  readonly head: string;
  readonly rest: string;
}

export interface HistoryBounds {
  readonly maxSeconds: number;
  /** Of texts, each counted once where it stays the same. */
  readonly maxChars: number;
}

export class History {
  readonly #bounds: HistoryBounds;
  readonly #kept: Kept[] = [];
  #chars = 0;

  constructor(bounds: HistoryBounds) {
    this.#bounds = bounds;
  }

  get seconds(): number {
    return this.#kept.length;
  }

  /** Of all that is kept. */
  get chars(): number {
    return this.#chars;
  }

  add({ head, rest }: Kept): void {
    const last = this.#kept.at(-1);
    const kept = { head, rest: last?.rest === rest ? last.rest : rest };
    this.#chars += head.length + (kept.rest === last?.rest ? 0 : rest.length);
    this.#kept.push(kept);
    const { maxSeconds, maxChars } = this.#bounds;
    while (this.#kept.length > maxSeconds || (this.#chars > maxChars && this.#kept.length > 1)) this.#drop();
  }

  forget(): void {
    this.#kept.length = 0;
    this.#chars = 0;
  }

  /** The oldest first. */
  *texts(): Generator<string> {
    for (const { head, rest } of this.#kept) yield head + rest;
  }

  #drop(): void {
    const [oldest, next] = this.#kept;
    this.#kept.shift();
    this.#chars -= (oldest?.head.length ?? 0) + (oldest?.rest === next?.rest ? 0 : (oldest?.rest.length ?? 0));
  }
}
