// The last lines of a text that comes in pieces.

/** Characters of one line that are kept. */
const MAX_LINE = 2000;

export class LastLines {
  readonly #most: number;
  readonly #lines: string[] = [];
  /** Without its end yet. */
  #begun = '';

  constructor(most: number) {
    this.#most = most;
  }

  add(piece: string): void {
    const [...whole] = `${this.#begun}${piece}`.split(/\r?\n/);
    this.#begun = (whole.pop() ?? '').slice(0, MAX_LINE);
    this.#lines.push(...whole.filter((line) => line !== '').map((line) => line.slice(0, MAX_LINE)));
    this.#lines.splice(0, this.#lines.length - this.#most);
  }

  get all(): readonly string[] {
    return this.#begun === '' ? [...this.#lines] : [...this.#lines, this.#begun].slice(-this.#most);
  }
}
