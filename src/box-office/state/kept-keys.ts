// Which idempotency keys are kept here and how much they take, so that the oldest can go when there are too many.
import type { KeyEntry, KeyWatch } from './key.ts';

/** What a key takes beside its answer's body and headers; measured on V8 24: 410. */
const KEY_BYTES = 450;

export class KeptKeys implements KeyWatch {
  readonly #maxKeys: number;
  readonly #maxBytes: number;
  /** Bytes by id, in order of claiming. */
  readonly #running = new Map<string, number>();
  /** Bytes by id, in order of settling. */
  readonly #settled = new Map<string, number>();
  #bytes = 0;

  constructor(maxKeys: number, maxBytes: number) {
    this.#maxKeys = maxKeys;
    this.#maxBytes = maxBytes;
  }

  taken(id: string, entry: KeyEntry | undefined): void {
    for (const keys of [this.#running, this.#settled]) {
      this.#bytes -= keys.get(id) ?? 0;
      keys.delete(id);
    }
    if (!entry) return;
    const bytes = bytesOf(entry);
    this.#bytes += bytes;
    (entry.settled ? this.#settled : this.#running).set(id, bytes);
  }

  /** The key to be forgotten next: the oldest settled one, else the oldest at work; undefined while all may stay. */
  surplus(): string | undefined {
    const { size: settled } = this.#settled;
    if (settled + this.#running.size <= this.#maxKeys && this.#bytes <= this.#maxBytes) return undefined;
    const [oldest] = (settled > 0 ? this.#settled : this.#running).keys();
    return oldest;
  }
}

/** Of a key with its answer, as kept in memory; headers and bodies are counted by their characters. */
function bytesOf({ settled }: KeyEntry): number {
  if (!settled) return KEY_BYTES;
  const { headers, body } = settled.answer;
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length, KEY_BYTES + body.length);
}
