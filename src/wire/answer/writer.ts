// Writes a delivery that is withheld, cut, slowed, corrupted or ends badly; send.ts writes the ordinary ones itself.
import type { ServerResponse } from 'node:http';
import type { Cancel, Clock } from '../../base/clock.ts';
import type { Connection } from '../connection/connection.ts';
import { BEFORE_HEAD, type Delivery, type Hints, isBodiless } from './delivery.ts';
import { writeHead } from './head.ts';

/** How a delivery came to its end. */
export type Sent = 'answered' | 'closed' | 'reset';

/** What a writer can be told while it holds an answer back. */
export interface Sending {
  /** Nothing more comes by itself. */
  readonly hangs: boolean;
  /** Goes on by another delivery of the same reply, as honestly as what is out allows. False when nothing holds it back any more. */
  become(delivery: Delivery): boolean;
  /** Sends nothing more, and leaves the socket alone. */
  stop(): void;
  /** Bytes of body that are with the kernel. */
  readonly sent: number;
}

export interface SendOptions {
  readonly clock: Clock;
  readonly connection: Connection;
  /** A HEAD request: the head of the answer alone. */
  readonly headOnly: boolean;
  /** Called once, at the end, with the bytes of body that were sent; not when the client leaves first. */
  done(how: Sent, bytes: number): void;
  /** Called when all is out that is let through, and its end has come. */
  ending?(): void;
  /** Called if the answer is held back (stalled, withheld or dripping), and again if one that dripped stalls. */
  held?(sending: Sending): void;
}

/** A partial answer larger than this is still in the kernel when the RST would be sent, and be lost with it. */
const LINGER_ABOVE_BYTES = 65_536;
/** Time a large part needs to leave; measured on loopback. */
const LINGER_MS = 20;
/** A dripping body is written at most so often. */
const DRIP_PERIOD_MS = 50;

/** Writes to a response whose turn on its connection has come, or past it to the socket. */
export class Writer implements Sending {
  /** Of what is sent, that which the kernel has. */
  sent = 0;
  readonly #response: ServerResponse;
  #delivery: Delivery;
  readonly #options: SendOptions;
  /** What is sent under the head, or in the place of both. */
  #bytes: Buffer;
  #until: number;
  #sent = 0;
  #headSent = false;
  #stopped = false;
  #ended = false;
  /** What was begun by an earlier delivery and ends later does not end this one. */
  #turn = 0;
  /** Of the next drip or hint. */
  #cancel: Cancel | undefined;

  constructor(response: ServerResponse, delivery: Delivery, options: SendOptions) {
    this.#response = response;
    this.#delivery = delivery;
    this.#options = options;
    this.#bytes = delivery.instead ?? this.#body();
    this.#until = Math.min(delivery.cutAt ?? this.#bytes.length, this.#bytes.length);
  }

  start(): void {
    const { cutAt, bytesPerSecond, instead } = this.#delivery;
    if (cutAt === BEFORE_HEAD) {
      this.#end();
      return;
    }
    if (!instead && !this.#headSent) this.#sendHead(this.#delivery);
    const turn = this.#turn;
    if (bytesPerSecond !== undefined && this.#until > this.#sent) {
      this.#options.held?.(this);
      this.#drip(bytesPerSecond, turn);
    } else {
      this.#write(this.#until, () => this.#end(turn));
    }
  }

  get hangs(): boolean {
    return this.#ended && this.#delivery.ending === 'hang';
  }

  become(wanted: Delivery): boolean {
    this.stop();
    this.#ended = false;
    this.#stopped = false;
    this.#turn++;
    this.#delivery = this.#headSent || this.#sent > 0 ? this.#begunAs(wanted) : wanted;
    if (this.#sent === 0) this.#bytes = this.#delivery.instead ?? this.#body();
    this.#until = Math.min(this.#delivery.cutAt ?? this.#bytes.length, this.#bytes.length);
    const { ending, bytesPerSecond } = this.#delivery;
    const slow = bytesPerSecond !== undefined && this.#until > this.#sent;
    this.start();
    return slow || ending === 'hang';
  }

  stop(): void {
    this.#stopped = true;
    this.#ended = true;
    this.#cancel?.();
  }

  /** What is out stays as it is; where the client could not tell its end, the connection is closed after it. */
  #begunAs({ ending, ...wanted }: Delivery): Delivery {
    const { instead, lengthOff = 0 } = this.#delivery;
    const misleads = instead !== undefined || lengthOff > 0;
    return {
      ...wanted,
      ...(instead && { instead }),
      lengthOff,
      ending: misleads && ending === 'keep' ? 'close' : ending,
    };
  }

  #body(): Buffer {
    const { status, body } = this.#delivery.reply;
    return this.#options.headOnly || isBodiless(status) ? Buffer.alloc(0) : Buffer.from(body as string);
  }

  #sendHead(lies?: Delivery): void {
    this.#headSent = true;
    writeHead(this.#response, this.#delivery.reply, lies);
    this.#response.flushHeaders();
  }

  /** `then` comes when the bytes are with the kernel: the response keeps them back until the end of the turn. */
  #write(upTo: number, then: () => void = () => {}): void {
    if (upTo <= this.#sent) {
      then();
      return;
    }
    const part = this.#bytes.subarray(this.#sent, upTo);
    this.#sent = upTo;
    const taken = (error?: Error | null): void => {
      if (error) return; // the connection is over, and tells so itself
      this.sent = upTo;
      then();
    };
    if (this.#headSent) this.#response.write(part, taken);
    else this.#response.socket?.write(part, taken);
  }

  /** Whole bytes at a time, never faster than the pace. */
  #drip(bytesPerSecond: number, turn: number): void {
    const { clock } = this.#options;
    const began = clock.ticks();
    const sent = this.#sent;
    const periodMs = Math.max(DRIP_PERIOD_MS, 1000 / bytesPerSecond);
    const step = (): void => {
      const due = sent + Math.floor(((clock.ticks() - began) * bytesPerSecond) / 1000);
      this.#write(Math.min(due, this.#until), () => {
        if (this.#sent >= this.#until) this.#end(turn);
      });
      if (this.#sent < this.#until) this.#cancel = clock.after(periodMs, step);
    };
    this.#cancel = clock.after(periodMs, step);
  }

  /** A client that does not read them gets no more: what it has not taken would pile up here. */
  #hint({ everyMs, link }: Hints): void {
    if (this.#response.socket?.writableLength === 0) this.#response.writeEarlyHints({ link });
    this.#cancel = this.#options.clock.after(everyMs, () => this.#hint({ everyMs, link }));
  }

  #end(turn = this.#turn): void {
    if (this.#ended || turn !== this.#turn) return;
    this.#ended = true;
    this.#options.ending?.();
    const { ending, cutAt, hints } = this.#delivery;
    if (ending === 'keep') this.#finish();
    else if (ending === 'close') this.#close();
    else if (ending === 'reset' && this.#sent > LINGER_ABOVE_BYTES)
      this.#options.clock.after(LINGER_MS, () => this.#reset());
    else if (ending === 'reset') this.#reset();
    else {
      this.#options.held?.(this);
      if (hints && cutAt === BEFORE_HEAD && !this.#stopped) this.#hint(hints);
    }
  }

  #finish(): void {
    this.#response.end();
    this.#response.once('finish', () => this.#options.done('answered', this.#sent));
  }

  #close(): void {
    const { connection } = this.#options;
    if (this.#sent < this.#bytes.length) connection.cut();
    else connection.close();
    this.#options.done('closed', this.#sent);
  }

  #reset(): void {
    this.#options.done('reset', this.#sent); // first, or the closing socket would be taken for the client's leaving
    this.#options.connection.reset();
  }
}
