// Reads a request's body, bounded: what is beyond the bound is dropped, and never read for ever.
import type { IncomingMessage } from 'node:http';
import type { Cancel, Clock } from '../../base/clock.ts';
import { drain, MAX_DRAINED_BYTES } from '../../wire/connection/draining.ts';
import { BODY_BROKEN, brokenBody, type Refused } from '../../wire/connection/http.ts';

/** Longest body that is read; a longer one is a 413. */
export const MAX_BODY_BYTES = 65_536;
/**
 * The end of a body that is too long is waited for, so that its connection stays of use: for `MAX_DRAINED_BYTES`, for so
 * long in all, and for so long without a byte.
 */
const MAX_DRAINING_MS = 30_000;
const MAX_DRAINING_IDLE_MS = 2000;

export interface BodyRead {
  /** All of it, or as much as is allowed. */
  readonly bytes: Buffer;
  /** How many came until then. */
  readonly length: number;
  /** Why the request is not served, if it is not. */
  readonly refused?: Refused;
  /** More may come: the connection is of no use after the answer. */
  readonly unread?: true;
}

/** Whether the head announces a body (RFC 9112 6.3). */
export function announcesBody({ headers }: IncomingMessage): boolean {
  return (
    headers['transfer-encoding'] !== undefined ||
    (headers['content-length'] !== undefined && headers['content-length'] !== '0')
  );
}

/** Never settled for a client that leaves meanwhile. */
export function readRequestBody(request: IncomingMessage, clock: Clock): Promise<BodyRead> {
  return new Promise((resolve) => new RequestBody(request, clock, resolve));
}

/** Drops the body of a request that is refused by its head. */
export function dropRequestBody(request: IncomingMessage, clock: Clock): void {
  request.once('error', () => {});
  drain(request, clock);
}

class RequestBody {
  readonly #request: IncomingMessage;
  readonly #clock: Clock;
  readonly #settle: (read: BodyRead) => void;
  readonly #chunks: Buffer[] = [];
  #length = 0;
  #settled = false;
  #cancel: Cancel | undefined;
  /** When the last bytes came, by the clock's ticks; of a body that is too long. */
  #cameAt = 0;

  constructor(request: IncomingMessage, clock: Clock, settle: (read: BodyRead) => void) {
    this.#request = request;
    this.#clock = clock;
    this.#settle = settle;
    request.on('data', (chunk: Buffer) => this.#take(chunk));
    request.once('end', () => this.#over(this.#length > MAX_BODY_BYTES ? { refused: TOO_LARGE } : {}));
    request.once(BODY_BROKEN, (refused: Refused) => this.#over({ refused, unread: true }));
    request.once('error', () => {}); // the client has left: its connection tells
    request.once('close', () => this.#cancel?.());
    const broken = brokenBody(request);
    if (broken) this.#over({ refused: broken, unread: true });
    else if (Number(request.headers['content-length'] ?? 0) > MAX_DRAINED_BYTES) {
      this.#dropRest();
      this.#over(TOO_LONG_TO_END);
    }
  }

  #take(chunk: Buffer): void {
    const room = MAX_BODY_BYTES - this.#length;
    this.#length += chunk.length;
    if (this.#settled) return;
    if (room > 0) this.#chunks.push(chunk.subarray(0, room));
    if (chunk.length <= room) return;
    this.#cameAt = this.#clock.ticks();
    if (this.#cancel) return;
    this.#waitForEnd(this.#cameAt + MAX_DRAINING_MS);
    this.#dropRest();
  }

  #waitForEnd(untilAt: number): void {
    const now = this.#clock.ticks();
    const dueAt = Math.min(untilAt, this.#cameAt + MAX_DRAINING_IDLE_MS);
    if (dueAt <= now) this.#over(TOO_LONG_TO_END);
    else this.#cancel = this.#clock.after(dueAt - now, () => this.#waitForEnd(untilAt));
  }

  #dropRest(): void {
    drain(this.#request, this.#clock, () => this.#over(TOO_LONG_TO_END));
  }

  #over(more: Omit<BodyRead, 'bytes' | 'length'>): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#cancel?.();
    this.#settle({ bytes: Buffer.concat(this.#chunks), length: this.#length, ...more });
    this.#chunks.length = 0;
  }
}

const TOO_LARGE: Refused = {
  status: 413,
  detail: `the body of a request must not be longer than ${MAX_BODY_BYTES} bytes`,
};

/** Its end was not seen, and is not waited for any longer. */
const TOO_LONG_TO_END = { refused: TOO_LARGE, unread: true } as const;
