// Sits between a socket and whoever writes to it: slows what goes out, ends it after so many bytes, delays its FIN.
import type { Socket } from 'node:net';
import type { Clock } from '../base/clock.ts';

/** A slowed socket is written at most so often. */
const PERIOD_MS = 20;
/** More than this may still be in the kernel when an RST would be sent, and be lost with it. */
const LINGER_ABOVE_BYTES = 65_536;
/** Time a large part needs to leave; measured on loopback. */
const LINGER_MS = 20;

type Done = (error?: Error | null) => void;

/** Unset parts do not hold. */
export interface ValveTerms {
  readonly bytesPerSecond?: number | undefined;
  /** Our FIN comes so much later than whoever writes wants it. */
  readonly closeDelayMs?: number | undefined;
  /** Nothing passes beyond this many bytes, counted from the making of the valve. */
  readonly endsAt?: number | undefined;
}

/** Everything written through `socket` passes it from then on; one valve a socket. */
export class Valve {
  /** Bytes let out so far. */
  passed = 0;
  readonly #socket: Socket;
  readonly #clock: Clock;
  /** All that may pass has passed, and is with the kernel. */
  readonly #spent: () => void;
  readonly #write: (chunk: Buffer, done: Done) => void;
  readonly #close: () => void;
  /** It closes now, and nothing holds its FIN back. */
  #closes = false;
  #terms: ValveTerms = {};
  #closing = false;
  #ended = false;
  /** When what was let out has taken its time at the pace. */
  #freeAt: number;
  /** Looks at the pace anew for what waits for its time. */
  #anew: (() => void) | undefined;

  constructor(socket: Socket, clock: Clock, spent: () => void) {
    this.#socket = socket;
    this.#clock = clock;
    this.#spent = spent;
    this.#freeAt = clock.ticks();
    const write = socket._write.bind(socket);
    const end = socket.end.bind(socket);
    const destroySoon = socket.destroySoon.bind(socket);
    this.#close = () => {
      this.#closes = true;
      destroySoon();
    };
    this.#write = (chunk, done) => write(chunk, 'buffer' as BufferEncoding, done);
    socket._write = (chunk: Buffer | string, encoding, done) => this.#pass(bytesOf(chunk, encoding), done);
    socket._writev = (chunks, done) =>
      this.#pass(Buffer.concat(chunks.map(({ chunk, encoding }) => bytesOf(chunk, encoding))), done);
    socket.destroySoon = () => this.#closeLater();
    socket.end = ((...last: Parameters<Socket['end']>) => {
      if (this.#closes || !this.#terms.closeDelayMs) return end(...last);
      if (last.length > 0 && typeof last[0] !== 'function') socket.write(last[0] as Buffer);
      this.#closeLater();
      return socket;
    }) as Socket['end'];
  }

  set(terms: ValveTerms): void {
    const otherPace = terms.bytesPerSecond !== this.#terms.bytesPerSecond;
    this.#terms = terms;
    if (otherPace) this.#anew?.();
    if (this.#closing && !terms.closeDelayMs) this.#close();
  }

  #closeLater(): void {
    if (this.#closing) return;
    const { closeDelayMs } = this.#terms;
    if (!closeDelayMs) {
      this.#close();
      return;
    }
    this.#closing = true;
    const cancel = this.#clock.after(closeDelayMs, () => this.#close());
    this.#socket.once('close', cancel);
  }

  #pass(chunk: Buffer, done: Done): void {
    if (this.#ended) return; // `done` never comes: there is nothing after the end
    const { endsAt } = this.#terms;
    const room = endsAt === undefined ? Number.POSITIVE_INFINITY : endsAt - this.passed;
    this.passed += chunk.length;
    if (chunk.length < room) {
      this.#out(chunk, done);
      return;
    }
    this.#ended = true;
    this.#out(chunk.subarray(0, Math.max(0, room)), () => {
      if (this.passed > LINGER_ABOVE_BYTES) this.#clock.after(LINGER_MS, this.#spent);
      else this.#spent();
    });
  }

  /** A part at a time, each no earlier than its pace allows; the pace is looked at anew for each. */
  #out(chunk: Buffer, done: Done): void {
    const pace = this.#terms.bytesPerSecond;
    if (chunk.length === 0) done();
    else if (pace === undefined) this.#write(chunk, done);
    else {
      const part = chunk.subarray(0, Math.max(1, Math.floor((pace * PERIOD_MS) / 1000)));
      const rest = chunk.subarray(part.length);
      const now = this.#clock.ticks();
      this.#freeAt = Math.max(now, this.#freeAt) + (part.length * 1000) / pace;
      const cancel = this.#clock.after(this.#freeAt - now, () => {
        this.#anew = undefined;
        if (this.#socket.destroyed) done();
        else this.#write(part, (error) => (error || rest.length === 0 ? done(error) : this.#out(rest, done)));
      });
      this.#anew = () => {
        cancel();
        this.#anew = undefined;
        this.#freeAt = this.#clock.ticks();
        this.#out(chunk, done);
      };
    }
  }
}

const bytesOf = (chunk: Buffer | string, encoding: BufferEncoding): Buffer =>
  typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
