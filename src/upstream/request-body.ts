// Reads a request's body, bounded: what is beyond the bound is dropped, and never read for ever.
import type { IncomingMessage } from 'node:http';
import type { Cancel, Clock } from '../base/clock.ts';
import { BODY_BROKEN, type Refused } from '../wire/http.ts';

/** Longest body that is read; a longer one is a 413. */
export const MAX_BODY_BYTES = 65_536;
/** A body that is too long is still read to its end up to here, so that its connection stays of use. */
const MAX_DRAINED_BYTES = 8_388_608;
/** The same for time: so long its end is waited for. */
const MAX_DRAINING_MS = 2000;
/** Beyond, only so much is read so often: who leaves is seen behind what the kernel holds of theirs, some six megabytes. */
const LOOK_BYTES = 1_048_576;
const LOOK_MS = 1000;

export interface BodyRead {
  /** All of it, or as much as is allowed. */
  readonly bytes: Buffer;
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
  new RequestBody(request, clock, () => {}).drop();
}

class RequestBody {
  readonly #request: IncomingMessage;
  readonly #clock: Clock;
  readonly #settle: (read: BodyRead) => void;
  readonly #chunks: Buffer[] = [];
  #length = 0;
  /** Where reading on is put off. */
  #until = MAX_DRAINED_BYTES;
  #settled = false;
  #cancel: Cancel | undefined;

  constructor(request: IncomingMessage, clock: Clock, settle: (read: BodyRead) => void) {
    this.#request = request;
    this.#clock = clock;
    this.#settle = settle;
    if (Number(request.headers['content-length'] ?? 0) > MAX_DRAINED_BYTES)
      this.#over({ refused: TOO_LARGE, unread: true });
    request.on('data', (chunk: Buffer) => this.#take(chunk));
    request.once('end', () => this.#over(this.#length > MAX_BODY_BYTES ? { refused: TOO_LARGE } : {}));
    request.once(BODY_BROKEN, (refused: Refused) => this.#over({ refused, unread: true }));
    request.once('error', () => {}); // the client has left: its connection tells
    request.once('close', () => this.#cancel?.());
  }

  drop(): void {
    this.#over({ unread: true });
  }

  #take(chunk: Buffer): void {
    const room = MAX_BODY_BYTES - this.#length;
    this.#length += chunk.length;
    if (this.#length > this.#until) {
      this.#over({ refused: TOO_LARGE, unread: true });
      this.#readLater();
    } else if (!this.#settled && room > 0) {
      this.#chunks.push(chunk.subarray(0, room));
    }
    if (chunk.length > room && !this.#settled)
      this.#cancel ??= this.#clock.after(MAX_DRAINING_MS, () => this.#over({ refused: TOO_LARGE, unread: true }));
  }

  #readLater(): void {
    this.#request.pause();
    this.#cancel = this.#clock.after(LOOK_MS, () => {
      this.#until = this.#length + LOOK_BYTES;
      this.#request.resume();
    });
  }

  #over(more: Omit<BodyRead, 'bytes'>): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#cancel?.();
    this.#settle({ bytes: Buffer.concat(this.#chunks), ...more });
    this.#chunks.length = 0;
  }
}

const TOO_LARGE: Refused = {
  status: 413,
  detail: `the body of a request must not be longer than ${MAX_BODY_BYTES} bytes`,
};
