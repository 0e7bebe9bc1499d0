// One reader of server-sent events: the form of an event, and a stream with a bound on what waits.
import { Readable } from 'node:stream';

/** One event as it goes over the wire; JSON has no line breaks of its own, so `data` is one line. */
export const formatEvent = (event: string, data: unknown, id?: number): string =>
  formatText(event, JSON.stringify(data) ?? 'null', id);

/** The same of data that is JSON already, without a line break. */
export function formatText(event: string, json: string, id?: number): string {
  const name = event.replaceAll(/[\r\n]/g, ' ');
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${json}\n\n`;
}

/** The stream of one reader; what waits for it is counted here, since a stream itself has no bound. */
export class EventReader extends Readable {
  readonly #maxWaitingBytes: number;
  readonly #left: () => void;
  #waiting: string[] = [];
  #waitingBytes = 0;
  #hungry = false;
  #finished = false;

  constructor(maxWaitingBytes: number, left: () => void) {
    super();
    this.#maxWaitingBytes = maxWaitingBytes;
    this.#left = left;
  }

  /** False when this was too much: all that waits is thrown away, the reader is told and let go. */
  offer(text: string): boolean {
    if (this.#finished) return true;
    const bytes = Buffer.byteLength(text);
    if (this.#waitingBytes + bytes > this.#maxWaitingBytes) {
      this.#waiting = [];
      this.finish(formatEvent('dropped', { reason: 'too slow', waitingBytes: this.#waitingBytes }));
      return false;
    }
    this.#waiting.push(text);
    this.#waitingBytes += bytes;
    this.#feed();
    return true;
  }

  /** Says this last, and ends. */
  finish(farewell: string): void {
    if (this.#finished) return;
    this.#finished = true;
    if (farewell) this.#waiting.push(farewell);
    this.#left();
    this.#feed();
  }

  override _read(): void {
    this.#hungry = true;
    this.#feed();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#finished = true;
    this.#waiting = [];
    this.#left();
    done(error);
  }

  #feed(): void {
    if (!this.#hungry || this.destroyed) return;
    if (this.#waiting.length > 0) {
      const text = this.#waiting.join('');
      this.#waiting = [];
      this.#waitingBytes = 0;
      this.#hungry = this.push(text);
    }
    if (this.#finished && this.#hungry) {
      this.#hungry = false;
      this.push(null);
    }
  }
}
