// Limits what is written to a socket: its rate, its bytes in all, and how soon its FIN follows.
import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';

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

/** Whoever set its terms: is asked right before they act on what goes out. */
export interface ValveOwner {
  /** Bytes are about to be held back at the end; false: they pass after all. */
  mayEnd(): boolean;
  /** All that may pass has passed, and is with the kernel. */
  spent(): void;
  /** Bytes are about to be held back for their pace; false: they pass at once. */
  mayDelay(): boolean;
  /** A FIN is about to be held back, for so long. */
  closeDelayMs(): number;
}

/** Everything written through `socket` passes it from then on; one valve a socket. */
export class Valve {
  terms: ValveTerms = {};
  /** Bytes that came to it. */
  passed = 0;
  /** Of them, those that it has let out. */
  out = 0;
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #owner: ValveOwner;
  readonly #write: (chunk: Buffer, done: Done) => void;
  readonly #close: () => void;
  /** It closes now, and nothing holds its FIN back. */
  #closes = false;
  #closing = false;
  #ended = false;
  /** Length of what it is letting out. */
  #inHand = 0;
  /** When what was let out has taken its time at the pace. */
  #freeAt: number;
  /** Looks at the pace anew for what waits for its time. */
  #anew: (() => void) | undefined;

  constructor(socket: Socket, clock: Clock, owner: ValveOwner) {
    this.#socket = socket;
    this.#clock = clock;
    this.#owner = owner;
    this.#freeAt = clock.ticks();
    const write = socket._write.bind(socket);
    const end = socket.end.bind(socket);
    const destroySoon = socket.destroySoon.bind(socket);
    this.#close = () => {
      this.#closes = true;
      destroySoon();
    };
    this.#write = (chunk, done) => {
      this.out += chunk.length;
      write(chunk, 'buffer' as BufferEncoding, done);
    };
    socket._write = (chunk: Buffer | string, encoding, done) => this.#pass(bytesOf(chunk, encoding), done);
    socket._writev = (chunks, done) =>
      this.#pass(Buffer.concat(chunks.map(({ chunk, encoding }) => bytesOf(chunk, encoding))), done);
    socket.destroySoon = () => this.#closeLater();
    socket.end = ((...last: Parameters<Socket['end']>) => {
      if (this.#closes || !this.terms.closeDelayMs) return end(...last);
      if (last.length > 0 && typeof last[0] !== 'function') socket.write(last[0] as Buffer);
      this.#closeLater();
      return socket;
    }) as Socket['end'];
  }

  /** Bytes written to its socket up to now, those included that wait for their turn to come to it. */
  get accepted(): number {
    return this.passed + this.#socket.writableLength - this.#inHand;
  }

  set(terms: ValveTerms): void {
    const otherPace = terms.bytesPerSecond !== this.terms.bytesPerSecond;
    this.terms = terms;
    if (otherPace) this.#anew?.();
    if (this.#closing && !terms.closeDelayMs) this.#close();
  }

  #closeLater(): void {
    if (this.#closing && !this.#closes) return;
    const closeDelayMs = this.#closes || !this.terms.closeDelayMs ? 0 : this.#owner.closeDelayMs();
    if (!closeDelayMs) {
      this.#close();
      return;
    }
    this.#closing = true;
    const cancel = this.#clock.after(closeDelayMs, () => this.#close());
    this.#socket.once('close', cancel);
  }

  #pass(chunk: Buffer, done: Done): void {
    if (chunk.length === 0) {
      this.#write(chunk, done); // a look at whether the client is still there
      return;
    }
    this.#inHand = chunk.length;
    const before = this.passed;
    this.passed += chunk.length;
    if (this.#ended) return; // `done` never comes: there is nothing after the end
    const fits = (): boolean => this.passed < (this.terms.endsAt ?? Number.POSITIVE_INFINITY);
    let ends = false;
    while (!ends && !fits()) ends = this.#owner.mayEnd();
    if (!ends) {
      this.#out(chunk, (error) => {
        this.#inHand = 0;
        done(error);
      });
      return;
    }
    this.#ended = true;
    const room = Math.max(0, (this.terms.endsAt ?? 0) - before);
    this.#out(chunk.subarray(0, room), () => {
      if (before + room > LINGER_ABOVE_BYTES) this.#clock.after(LINGER_MS, () => this.#owner.spent());
      else this.#owner.spent();
    });
  }

  /** A part at a time, each no earlier than its pace allows; the pace is looked at anew for each. */
  #out(chunk: Buffer, done: Done): void {
    let pace = this.terms.bytesPerSecond;
    if (chunk.length > 0) while (pace !== undefined && !this.#owner.mayDelay()) pace = this.terms.bytesPerSecond;
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
