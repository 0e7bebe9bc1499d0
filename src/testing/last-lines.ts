// The last lines of a text that comes in pieces.

/** Of one line that are kept. */
const MAX_LINE_CHARS = 2000;

export class LastLines {
  readonly #maxLines: number;
  readonly #lines: string[] = [];
  /** Without its end yet. */
  #begun = '';

  constructor(maxLines: number) {
    this.#maxLines = maxLines;
  }

  add(piece: string): void {
    const whole = `${this.#begun}${piece}`.split(/\r?\n/);
    this.#begun = (whole.pop() ?? '').slice(0, MAX_LINE_CHARS);
    this.#lines.push(...whole.filter((line) => line !== '').map((line) => line.slice(0, MAX_LINE_CHARS)));
    this.#lines.splice(0, this.#lines.length - this.#maxLines);
  }

  get all(): readonly string[] {
    return this.#begun === '' ? [...this.#lines] : [...this.#lines, this.#begun].slice(-this.#maxLines);
  }
}
