// Sits between a socket and whoever writes to it: slows what goes out, ends it after so many bytes, delays its FIN.
import type { Socket } from 'node:net';
import type { Clock } from '../base/clock.ts';

/** A slowed socket is written at most so often. */
const PERIOD_MS = 20;

type Done = (error?: Error | null) => void;

export interface ValveTerms {
  readonly bytesPerSecond?: number | undefined;
  /** Our FIN comes so much later than whoever writes wants it. */
  readonly closeDelayMs?: number | undefined;
  /** So many bytes are let out; `spent` is called when they are with the kernel. */
  readonly budgetBytes?: number | undefined;
  spent(): void;
}

/** Everything written through `socket` passes it from then on; one valve a socket. */
export class Valve {
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #write: (chunk: Buffer, done: Done) => void;
  readonly #close: () => void;
  #bytesPerSecond: number | undefined;
  #budget: { readonly size: number; left: number; readonly spent: () => void } | undefined;
  #closeDelayMs = 0;
  #closing = false;
  /** Bytes that may go out already: time passed since then, at the pace. */
  #freeAt: number;

  constructor(socket: Socket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    this.#freeAt = clock.ticks();
    const write = socket._write.bind(socket);
    const end = socket.end.bind(socket);
    const destroySoon = socket.destroySoon.bind(socket);
    this.#write = (chunk, done) => write(chunk, 'buffer' as BufferEncoding, done);
    this.#close = destroySoon;
    socket._write = (chunk: Buffer | string, encoding, done) =>
      this.#pass(Buffer.from(chunk as string, encoding), done);
    socket._writev = (chunks, done) =>
      this.#pass(Buffer.concat(chunks.map(({ chunk, encoding }) => Buffer.from(chunk, encoding))), done);
    socket.destroySoon = () => this.#closeLater();
    socket.end = ((...last: Parameters<Socket['end']>) => {
      if (this.#closeDelayMs === 0) return end(...last);
      if (last.length > 0 && typeof last[0] !== 'function') socket.write(last[0] as Buffer);
      this.#closeLater();
      return socket;
    }) as Socket['end'];
  }

  /** What holds from now on; unset parts do not. A budget begins anew only when its size changes. */
  set({ bytesPerSecond, closeDelayMs = 0, budgetBytes, spent }: ValveTerms): void {
    this.#bytesPerSecond = bytesPerSecond;
    this.#closeDelayMs = closeDelayMs;
    if (budgetBytes === undefined) this.#budget = undefined;
    else if (this.#budget?.size !== budgetBytes) this.#budget = { size: budgetBytes, left: budgetBytes, spent };
  }

  /** Nothing is slowed, counted or delayed any more. */
  release(): void {
    this.#bytesPerSecond = undefined;
    this.#budget = undefined;
    this.#closeDelayMs = 0;
    if (this.#closing) this.#close();
  }

  #closeLater(): void {
    if (this.#closing) return;
    this.#closing = true;
    if (this.#closeDelayMs === 0) this.#close();
    else this.#clock.after(this.#closeDelayMs, () => this.#close());
  }

  #pass(chunk: Buffer, done: Done): void {
    const budget = this.#budget;
    if (budget && chunk.length >= budget.left) {
      const last = chunk.subarray(0, budget.left);
      this.#budget = undefined;
      this.#out(last, () => budget.spent()); // `done` never comes: there is nothing after it
      return;
    }
    if (budget) budget.left -= chunk.length;
    this.#out(chunk, done);
  }

  #out(chunk: Buffer, done: Done): void {
    const pace = this.#bytesPerSecond;
    if (pace === undefined || chunk.length === 0) {
      this.#write(chunk, done);
      return;
    }
    const size = Math.max(1, Math.floor((pace * PERIOD_MS) / 1000));
    const now = this.#clock.ticks();
    const part = chunk.subarray(0, size);
    const rest = chunk.subarray(size);
    this.#freeAt = Math.max(now, this.#freeAt) + (part.length * 1000) / pace;
    this.#clock.after(this.#freeAt - now, () => {
      if (this.#socket.destroyed) done();
      else this.#write(part, (error) => (error || rest.length === 0 ? done(error) : this.#out(rest, done)));
    });
  }
}
