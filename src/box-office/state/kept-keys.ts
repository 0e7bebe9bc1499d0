// Which idempotency keys are kept here and how much they take, so that the oldest can go when there are too many.
import type { Subject } from '../subject.ts';
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

/** What it is about, and each of up to four ids in it beside its letters: the box office may forget them before it. */
const SUBJECT_BYTES = 160;

/** Of a key with its answer, as kept in memory; headers, bodies and ids are counted by their characters. */
function bytesOf({ settled }: KeyEntry): number {
  if (!settled) return KEY_BYTES;
  const { headers, body, subject } = settled.answer;
  const bytes = KEY_BYTES + body.length + (subject ? subjectBytes(subject) : 0);
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length, bytes);
}

const subjectBytes = ({ session = '', reservation = '', order = '', externalRef = '' }: Subject): number =>
  SUBJECT_BYTES + session.length + reservation.length + order.length + externalRef.length;
