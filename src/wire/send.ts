// The only writer: carries out a delivery on a response, honest or not.
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Cancel, Clock } from '../base/clock.ts';
import { PROBLEM_TYPE, problem } from '../base/problem.ts';
import type { Connection } from './connection.ts';
import { BEFORE_HEAD, type Delivery } from './delivery.ts';
import type { Reply } from './reply.ts';

/** How a delivery came to its end. */
export type Sent = 'answered' | 'closed' | 'reset';

/** What a writer can be told while it holds an answer back. */
export interface Sending {
  /** Sends what is left at once, and keeps the connection. */
  finish(): void;
  /** Sends nothing more, and leaves the socket alone. */
  stop(): void;
}

export interface SendOptions {
  readonly clock: Clock;
  readonly connection: Connection;
  /** A HEAD request: the head of the answer alone. */
  readonly headOnly: boolean;
  /** Called once, at the end, with the bytes of body that were sent; not when the client leaves first. */
  done(how: Sent, bytes: number): void;
  /** Called once if the answer is held back (stalled, withheld or dripping). */
  held?(sending: Sending): void;
}

/** A partial answer larger than this is still in the kernel when the RST would be sent, and be lost with it. */
const LINGER_ABOVE_BYTES = 65_536;
/** Time a large part needs to leave; measured on loopback. */
const LINGER_MS = 20;
/** A dripping body is written at most so often. */
const DRIP_PERIOD_MS = 50;

/** The common way, and the only one that an unarmed server knows. True when all of it is with the kernel already. */
export function sendWhole(response: ServerResponse, reply: Reply, headOnly: boolean): boolean {
  writeHead(response, reply, headOnly);
  response.end(headOnly || isBodiless(reply.status) ? undefined : reply.body);
  return response.socket?.writableLength === 0;
}

/** Performs any delivery. */
export function send(response: ServerResponse, delivery: Delivery, options: SendOptions): void {
  const { reply, cutAt, bytesPerSecond, ending } = delivery;
  if (cutAt !== undefined || bytesPerSecond !== undefined || ending !== 'keep') {
    new Writer(response, delivery, options).start();
    return;
  }
  const answered = (): void => options.done('answered', Buffer.byteLength(reply.body));
  if (sendWhole(response, reply, options.headOnly)) answered();
  else response.once('finish', answered);
}

/** A delivery that is cut, paced or ends badly. */
class Writer {
  readonly #response: ServerResponse;
  readonly #delivery: Delivery;
  readonly #options: SendOptions;
  readonly #body: Buffer;
  readonly #until: number;
  #sent = 0;
  #headSent = false;
  #ended = false;
  #stopDrip: Cancel | undefined;

  constructor(response: ServerResponse, delivery: Delivery, options: SendOptions) {
    this.#response = response;
    this.#delivery = delivery;
    this.#options = options;
    const { body } = delivery.reply;
    this.#body = options.headOnly ? Buffer.alloc(0) : Buffer.from(body as string);
    this.#until = Math.min(delivery.cutAt ?? this.#body.length, this.#body.length);
  }

  start(): void {
    const { cutAt, bytesPerSecond } = this.#delivery;
    if (cutAt === BEFORE_HEAD) {
      this.#end();
      return;
    }
    this.#sendHead();
    if (bytesPerSecond !== undefined && this.#until > 0) {
      this.#options.held?.(this.#sending());
      this.#drip(bytesPerSecond);
    } else {
      this.#write(this.#until, () => this.#end());
    }
  }

  #sendHead(): void {
    if (this.#headSent) return;
    this.#headSent = true;
    writeHead(this.#response, this.#delivery.reply, this.#options.headOnly);
    this.#response.flushHeaders();
  }

  /** `then` comes when the bytes are with the kernel: the response keeps them back until the end of the turn. */
  #write(upTo: number, then: () => void = () => {}): void {
    if (upTo <= this.#sent) {
      then();
      return;
    }
    const part = this.#body.subarray(this.#sent, upTo);
    this.#sent = upTo;
    this.#response.write(part, then);
  }

  /** Whole bytes at a time, never faster than the pace. */
  #drip(bytesPerSecond: number): void {
    const { clock } = this.#options;
    const began = clock.ticks();
    const periodMs = Math.max(DRIP_PERIOD_MS, 1000 / bytesPerSecond);
    const step = (): void => {
      const due = Math.floor(((clock.ticks() - began) * bytesPerSecond) / 1000);
      this.#write(Math.min(due, this.#until), () => {
        if (this.#sent >= this.#until) this.#end();
      });
      if (this.#sent < this.#until) this.#stopDrip = clock.after(periodMs, step);
    };
    this.#stopDrip = clock.after(periodMs, step);
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const { ending, bytesPerSecond } = this.#delivery;
    const { clock, done, held, connection } = this.#options;
    if (ending === 'keep') {
      this.#finish();
    } else if (ending === 'hang') {
      if (bytesPerSecond === undefined || this.#sent === 0) held?.(this.#sending()); // a dripping one is held already
    } else if (ending === 'close') {
      connection.close();
      done('closed', this.#sent);
    } else if (this.#sent > LINGER_ABOVE_BYTES) {
      clock.after(LINGER_MS, () => this.#reset());
    } else {
      this.#reset();
    }
  }

  #finish(): void {
    this.#response.end();
    this.#response.once('finish', () => this.#options.done('answered', this.#sent));
  }

  #reset(): void {
    this.#options.done('reset', this.#sent); // first, or the closing socket would be taken for the client's leaving
    this.#options.connection.reset();
  }

  #sending(): Sending {
    return {
      finish: () => {
        this.#ended = true;
        this.#stopDrip?.();
        this.#sendHead();
        this.#write(this.#body.length);
        this.#finish();
      },
      stop: () => {
        this.#ended = true;
        this.#stopDrip?.();
      },
    };
  }
}

function writeHead(response: ServerResponse, { status, headers, body }: Reply, headOnly: boolean): void {
  const flat: string[] = [];
  for (const [name, value] of headers) flat.push(name, value);
  if (!isBodiless(status)) flat.push('Content-Length', String(Buffer.byteLength(body)));
  if (headOnly) response.strictContentLength = false;
  response.writeHead(status, flat);
}

const isBodiless = (status: number): boolean => status === 204 || status === 304;

/** Answers bytes that never became a request, and closes. */
export function sendMalformed(socket: Socket, status: 400 | 431, detail: string): void {
  const document = problem({
    status,
    code: 'validation_failed',
    detail,
    instance: '',
    requestId: '',
    retryable: false,
  });
  const body = JSON.stringify(document);
  const reason = status === 400 ? 'Bad Request' : 'Request Header Fields Too Large';
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
