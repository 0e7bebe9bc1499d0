// Limits the rate at which a socket is read: whoever reads it gets its bytes at that pace, and the kernel's window closes behind them.
import type { Socket } from 'node:net';
import type { Cancel, Clock } from '../../base/clock.ts';

/** A part of what has come is passed on at most so often. */
const PERIOD_MS = 20;
/** So much is taken from the kernel ahead of the pace; a FIN or an RST behind more than this is seen when it is reached. */
const MAX_AHEAD_BYTES = 65_536;

/** Node's HTTP parser reads such a socket by itself, past `push`, until somebody else listens. */
type Read = Socket & { readonly parser?: object | null };

/** Whether HTTP is read from it already; before, there is nothing to slow. */
export const isRead = (socket: Socket): boolean => Boolean((socket as Read).parser);

/** Everything that comes in on `socket` passes it from then on; one a socket. */
export class ReadPace {
  readonly #socket: Socket;
  readonly #clock: Clock;
  /** Asked before bytes are held back; false: they must not be. */
  readonly #mayDelay: () => boolean;
  readonly #push: (chunk: Buffer | null) => boolean;
  readonly #readOn: () => void;
  #bytesPerSecond: number | undefined;
  #ahead: Buffer[] = [];
  #aheadBytes = 0;
  /** Whoever reads takes more. */
  #wanted = true;
  /** The client's FIN is behind what is held back. */
  #ended = false;
  /** When what was passed on has taken its time at the pace. */
  #freeAt: number;
  #cancel: Cancel | undefined;

  constructor(socket: Socket, clock: Clock, mayDelay: () => boolean) {
    this.#socket = socket;
    this.#clock = clock;
    this.#mayDelay = mayDelay;
    this.#freeAt = clock.ticks();
    const push = socket.push.bind(socket);
    const read = socket._read.bind(socket);
    this.#push = push;
    this.#readOn = () => read(0);
    socket.push = (chunk: Buffer | null) => this.#take(chunk);
    socket._read = (size) => {
      this.#wanted = true;
      if (this.#aheadBytes > 0 && !this.#cancel) this.#next();
      if (this.#aheadBytes < MAX_AHEAD_BYTES) read(size);
    };
    socket.on('data', ignore).off('data', ignore); // from now on the parser is given what is pushed
    socket.once('close', () => this.#cancel?.());
  }

  /** Unset: as fast as it comes. */
  set(bytesPerSecond: number | undefined): void {
    this.#bytesPerSecond = bytesPerSecond;
    if (this.#cancel) this.#next();
  }

  /** What is pushed while others are held back waits behind them; false stops the reading. */
  #take(chunk: Buffer | null): boolean {
    if (this.#aheadBytes === 0 && (chunk === null || this.#bytesPerSecond === undefined || !this.#mayDelay()))
      return this.#push(chunk);
    if (chunk === null) {
      this.#ended = true;
      return false;
    }
    this.#ahead.push(chunk);
    this.#aheadBytes += chunk.length;
    if (this.#wanted && !this.#cancel) this.#next();
    return this.#aheadBytes < MAX_AHEAD_BYTES;
  }

  /** Passes on the next part when its bytes have taken their time; with no pace all that is left, at once. */
  #next(): void {
    this.#cancel?.();
    const pace = this.#bytesPerSecond;
    const part = pace === undefined ? this.#aheadBytes : Math.max(1, Math.floor((pace * PERIOD_MS) / 1000));
    const bytes = Math.min(part, this.#aheadBytes);
    const now = this.#clock.ticks();
    const dueAt = pace === undefined ? now : Math.max(now, this.#freeAt) + (bytes * 1000) / pace;
    this.#cancel = this.#clock.after(dueAt - now, () => {
      this.#cancel = undefined;
      this.#freeAt = dueAt;
      this.#pass(bytes);
    });
  }

  #pass(bytes: number): void {
    if (this.#socket.destroyed) return;
    this.#wanted = this.#push(this.#cut(bytes));
    if (this.#socket.destroyed) return;
    if (this.#aheadBytes > 0 && this.#wanted && !this.#cancel) this.#next();
    if (this.#ended && this.#aheadBytes === 0) this.#push(null);
    else if (!this.#ended && this.#aheadBytes < MAX_AHEAD_BYTES) this.#readOn();
  }

  #cut(bytes: number): Buffer {
    const all = this.#ahead.length === 1 ? (this.#ahead[0] as Buffer) : Buffer.concat(this.#ahead);
    this.#ahead = all.length > bytes ? [all.subarray(bytes)] : [];
    this.#aheadBytes -= bytes;
    return all.subarray(0, bytes);
  }
}

function ignore(): void {}
