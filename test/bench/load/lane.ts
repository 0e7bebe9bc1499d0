// One keep-alive connection with one request in flight: counts the bytes of an answer and reads nothing else of it.
import { connect, type Socket } from 'node:net';

/** Longer answers come in several reads. */
const READ_BYTES = 131_072;
const HEAD_END = Buffer.from('\r\n\r\n');
/** `HTTP/1.1 200` */
const STATUS_AT = 9;

/** Reads are handled before the next one comes, so all connections of a process share one buffer. */
const shared = Buffer.allocUnsafe(READ_BYTES);

export interface Listener {
  /** The first bytes of an answer are here. */
  began?(lane: Lane): void;
  ended(lane: Lane): void;
  failed(error: Error): void;
}

/** What a lane sends, over and over, and with which it begins. */
interface Sends {
  readonly requests: readonly Buffer[];
  readonly first: number;
}

export class Lane {
  sentAt = 0;
  readonly #listener: Listener;
  readonly #socket: Socket;
  readonly #requests: readonly Buffer[];
  /** Index of the next one. */
  #next: number;
  /** Bytes of the present answer still to come; unset: its head is. */
  #left: number | undefined;
  #bodyBytes: number | undefined;
  #closing = false;

  constructor(port: number, { requests, first }: Sends, listener: Listener, connected: () => void) {
    this.#listener = listener;
    this.#requests = requests;
    this.#next = first;
    const onread = {
      buffer: shared,
      callback: (bytes: number): boolean => {
        this.#take(bytes);
        return true;
      },
    };
    this.#socket = connect({ host: '127.0.0.1', port, noDelay: true, onread }, connected);
    this.#socket.on('error', (error) => listener.failed(error));
    this.#socket.on('close', () => this.#closing || listener.failed(new Error('the server closed a connection')));
  }

  send(): void {
    this.sentAt = performance.now();
    this.#socket.write(this.#requests[this.#next] as Buffer);
    this.#next = (this.#next + 1) % this.#requests.length;
  }

  close(): void {
    this.#closing = true;
    this.#socket.resetAndDestroy(); // leaves no port waiting
  }

  #take(bytes: number): void {
    let rest = bytes;
    if (this.#left === undefined) {
      this.#listener.began?.(this);
      const headEnd = shared.indexOf(HEAD_END);
      if (headEnd < 0 || headEnd > bytes || shared.toString('latin1', STATUS_AT, STATUS_AT + 3) !== '200') {
        this.#listener.failed(new Error(`not the answer hoped for: ${shared.toString('latin1', 0, 200)}`));
        return;
      }
      if (this.#requests.length > 1) this.#bodyBytes = undefined; // answers to others are of other lengths
      this.#bodyBytes ??= contentLength(shared.toString('latin1', 0, headEnd));
      this.#left = this.#bodyBytes;
      rest -= headEnd + HEAD_END.length;
    }
    this.#left -= rest;
    if (this.#left > 0) return;
    if (this.#left < 0) {
      this.#listener.failed(new Error('an answer is longer than it says'));
      return;
    }
    this.#left = undefined;
    this.#listener.ended(this);
  }
}

function contentLength(head: string): number {
  const length = /^content-length: (\d+)\r?$/im.exec(head)?.[1];
  if (length === undefined) throw new Error(`an answer without Content-Length: ${head}`);
  return Number(length);
}

/**
 * Opens so many lanes and resolves when all are connected; a failure of any, now or later, goes to the listener. Of many
 * requests, each lane begins with another.
 */
export function openLanes(
  count: number,
  port: number,
  request: string | readonly string[],
  listener: Listener,
): Promise<Lane[]> {
  const requests = [request].flat().map((text) => Buffer.from(text, 'latin1'));
  return new Promise((resolve) => {
    let connected = 0;
    const lanes: Lane[] = [];
    const oneMore = (): void => {
      connected++;
      if (connected === count) resolve(lanes);
    };
    for (let i = 0; i < count; i++) {
      const first = Math.floor((i * requests.length) / count);
      lanes.push(new Lane(port, { requests, first }, listener, oneMore));
    }
  });
}
