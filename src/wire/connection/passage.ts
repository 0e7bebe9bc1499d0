// How much of one answer has passed its connection's valve, by its place among all bytes that go out.
import type { Valve } from './valve.ts';

/** So much of it, and a client knows the status. */
const STATUS_BYTES = 'HTTP/1.1 200'.length;

export class Passage {
  readonly #valve: Valve;
  readonly #from: number;
  #body: { readonly from: number; readonly bytes: number } | undefined;

  /** Made right before anything of the answer is written. */
  constructor(valve: Valve) {
    this.#valve = valve;
    this.#from = valve.accepted;
  }

  /** All of it is written, a body of so many bytes last. */
  written(bytes: number): void {
    this.#body = { from: this.#valve.accepted - bytes, bytes };
  }

  /** Whether its status has left. */
  get begun(): boolean {
    return this.#valve.out - this.#from >= STATUS_BYTES;
  }

  /** Bytes of its body that have left; undefined when it is not written to its end. */
  get bodyOut(): number | undefined {
    const { from, bytes } = this.#body ?? {};
    if (from === undefined || bytes === undefined) return undefined;
    return Math.min(Math.max(0, this.#valve.out - from), bytes);
  }
}
