// Appends lines to the record of a rehearsal without keeping anybody waiting: bounded in memory, in the file within a second.
import type { Cancel, Clock } from '../base/clock.ts';
import type { SmallLine } from './record-line.ts';

/** Lines wait no longer before they are written; a crash loses those that wait. */
export const FLUSH_EVERY_MS = 250;
/** So many characters are written without waiting any longer. */
const MAX_GATHERED_CHARS = 262_144;
/** What waits for a slow or full disk. */
export const MAX_WAITING_BYTES = 33_554_432;
/** What is kept of a rehearsal that has no file. */
export const MAX_KEPT_BYTES = 67_108_864;
/** Share of either that is left for what there is little of: phases, notes, the abort and the end. */
const RESERVED = 0.1;
/** A disk that refused is tried again so often. */
const RETRY_EVERY_MS = 1000;

/** Where bytes go; a write may take only some of them, and gives how many. */
export interface Sink {
  /** Also where it can be found. */
  readonly path: string;
  write(bytes: Buffer, position: number): Promise<number>;
  /** The bytes up to there. */
  read(to: number): AsyncIterable<Buffer>;
  /** Until something more is written. */
  close(): Promise<void>;
}

export interface LogState {
  /** Null: it is in memory only, and a crash loses it. */
  readonly file: string | null;
  readonly lines: number;
  readonly bytes: number;
  /** Lines there was no room for. */
  readonly dropped: number;
  /** Why nothing can be written at this moment. */
  readonly trouble: string | null;
}

export class RecordLog {
  readonly #clock: Clock;
  readonly #sink: Sink | null;
  readonly #stop: Cancel;
  readonly #maxBytes: number;
  #gathered: string[] = [];
  #gatheredChars = 0;
  /** Not written yet, in order. */
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #written = 0;
  #lines = 0;
  #dropped = 0;
  #untold = 0;
  #trouble: string | null = null;
  #retryAt = 0;
  #writing: Promise<void> | undefined;
  #isClosed = false;
  /** That it is closed, and was again after whatever was appended since. */
  #closing: Promise<void> = Promise.resolve();

  constructor({ clock, sink, maxBytes }: { clock: Clock; sink: Sink | null; maxBytes?: number }) {
    this.#clock = clock;
    this.#sink = sink;
    this.#maxBytes = maxBytes ?? (sink ? MAX_WAITING_BYTES : MAX_KEPT_BYTES);
    this.#stop = clock.every(FLUSH_EVERY_MS, () => void this.#write());
  }

  get state(): LogState {
    const bytes = this.#written + this.#waitingBytes + this.#gatheredChars;
    const file = this.#sink?.path ?? null;
    return { file, lines: this.#lines, bytes, dropped: this.#dropped, trouble: this.#trouble };
  }

  /** `mass`: there are so many of them that some may be left out when there is no room. */
  add(line: object, mass?: 'mass'): void {
    this.addText(JSON.stringify(line), mass);
  }

  /** A line as JSON, without its end. */
  addText(json: string, mass?: 'mass'): void {
    const room = mass ? this.#maxBytes * (1 - RESERVED) : this.#maxBytes;
    if (this.#waitingBytes + this.#gatheredChars + json.length > room) {
      this.#dropped++;
      this.#untold++;
      return;
    }
    this.#gathered.push(json, '\n');
    this.#gatheredChars += json.length + 1;
    this.#lines++;
    if (this.#gatheredChars >= MAX_GATHERED_CHARS) void this.#write();
  }

  /** Resolves when all that was added is written, or cannot be. */
  async flush(): Promise<void> {
    await this.#writing;
    this.#retryAt = 0;
    await this.#write();
  }

  /** The same, and nothing is added any more but what is appended; what could not be written is kept. */
  close(): Promise<void> {
    this.#stop();
    this.#isClosed = true;
    return this.#closeAgain();
  }

  /** A line that may come after it was closed, and is written at once then. */
  append(line: object): void {
    this.add(line);
    if (this.#isClosed) void this.#closeAgain();
  }

  /** Resolves when what was appended is written, or cannot be. */
  settled(): Promise<void> {
    return this.#closing;
  }

  /** All that was added until now. */
  async *chunks(): AsyncGenerator<Buffer> {
    this.#gather();
    const waiting = [...this.#waiting]; // what is written meanwhile is here still
    if (this.#sink && this.#written > 0) yield* this.#sink.read(this.#written);
    yield* waiting;
  }

  #closeAgain(): Promise<void> {
    this.#closing = this.#closing.then(async () => {
      await this.flush();
      await this.#sink?.close();
    });
    return this.#closing;
  }

  #gather(): void {
    if (this.#untold > 0) {
      const told = `${JSON.stringify(this.#droppedLine())}\n`;
      this.#gathered.push(told);
      this.#gatheredChars += told.length;
      this.#untold = 0;
    }
    if (this.#gathered.length === 0) return;
    const bytes = Buffer.from(this.#gathered.join(''));
    this.#gathered = [];
    this.#gatheredChars = 0;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
  }

  #droppedLine(): SmallLine {
    const noRoom = this.#sink ? 'file' : 'memory';
    return { type: 'dropped', at: this.#clock.now(), count: this.#untold, noRoom };
  }

  #write(): Promise<void> {
    this.#gather();
    if (!this.#sink || this.#clock.ticks() < this.#retryAt) return Promise.resolve();
    this.#writing ??= this.#writeTo(this.#sink).finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeTo(sink: Sink): Promise<void> {
    try {
      for (let bytes = this.#waiting[0]; bytes; bytes = this.#waiting[0]) {
        const count = await sink.write(bytes, this.#written);
        if (count === 0) throw new Error('nothing more can be written');
        this.#written += count;
        this.#waitingBytes -= count;
        if (count === bytes.length) this.#waiting.shift();
        else this.#waiting[0] = bytes.subarray(count); // a disk that is nearly full takes a part
      }
      this.#trouble = null;
    } catch (error) {
      this.#retryAt = this.#clock.ticks() + RETRY_EVERY_MS;
      this.#fail(sink, error instanceof Error ? error.message : String(error));
    }
  }

  #fail({ path }: Sink, why: string): void {
    const trouble = `${path} cannot be written: ${why}; what is recorded stays in memory, ${this.#maxBytes / 2 ** 20} MiB at most, and a crash loses it`;
    if (this.#trouble === null) this.add({ type: 'trouble', at: this.#clock.now(), message: trouble });
    this.#trouble = trouble;
  }
}
