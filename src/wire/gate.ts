// A door of the upstream: accepts sockets, knows every one of them, and hands their requests on.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createNetServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../base/clock.ts';
import { Connection, connectionOf } from './connection.ts';
import { sendMalformed } from './send.ts';

/** Not imported: an ES module's import of node:http also loads a whole HTTP client, a seventh of the time to start. */
const { createServer: createHttpServer } = process.getBuiltinModule('node:http');

/** Longest head of a request; more is a 431. */
export const MAX_HEADER_BYTES = 16_384;
/** Connections the kernel completes before we accept them. */
const BACKLOG = 4096;
/** A full door opens again when this share of its connections is left. */
const REOPEN_SHARE = 0.98;
/** How long a port that could not be taken back is left alone before the next try. */
const RETRY_MS = 250;

export type OnRequest = (
  request: IncomingMessage,
  response: ServerResponse,
  connection: Connection,
  expectsContinue: boolean,
) => void;

export interface GateOptions {
  readonly door: string;
  readonly host: string;
  readonly port: number;
  readonly maxConnections: number;
  readonly clock: Clock;
  readonly onRequest: OnRequest;
  /** Bytes that are no HTTP request; an answer with this status was sent. */
  onMalformed(connection: Connection, status: number): void;
  /** The door shut because it is full, opened again, or could not take its port back. */
  onDoor(state: 'full' | 'open' | 'port-lost', connections: number): void;
}

export class Gate {
  readonly connections = new Set<Connection>();
  /** Connections ever accepted. */
  accepted = 0;
  readonly #options: GateOptions;
  readonly #net: Server;
  #port: number;
  #state: 'open' | 'full' | 'port-lost' | 'closed' = 'closed';

  constructor(options: GateOptions) {
    this.#options = options;
    this.#port = options.port;
    // an http server that never listens: its own time-outs are inert, so none is mistaken for the client's
    const http = createHttpServer({
      requestTimeout: 0,
      headersTimeout: 0,
      keepAliveTimeout: 0,
      maxHeaderSize: MAX_HEADER_BYTES,
    });
    const { onRequest } = options;
    http.on('request', (request, response) => onRequest(request, response, connectionOf(request.socket), false));
    http.on('checkContinue', (request, response) => onRequest(request, response, connectionOf(request.socket), true));
    http.on('clientError', (error: NodeJS.ErrnoException, socket) => this.#malformed(error, socket as Socket));
    this.#net = createNetServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.#admit(socket);
      http.emit('connection', socket);
    });
  }

  get port(): number {
    return this.#port;
  }

  get state(): 'open' | 'full' | 'port-lost' | 'closed' {
    return this.#state;
  }

  /** Rejects with the system's error when the port cannot be had. */
  async open(): Promise<void> {
    await this.#listen();
    this.#port = (this.#net.address() as AddressInfo).port;
  }

  /** Ends all connections at once; nothing is flushed. */
  async close(): Promise<void> {
    const wasListening = this.#state === 'open';
    this.#state = 'closed';
    const closed = new Promise<void>((resolve) => {
      if (wasListening) this.#net.close(() => resolve());
      else resolve();
    });
    for (const connection of this.connections) connection.reset();
    await closed;
  }

  #listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#net.once('error', reject);
      this.#net.listen({ host: this.#options.host, port: this.#port, backlog: BACKLOG }, () => {
        this.#net.off('error', reject);
        this.#state = 'open';
        resolve();
      });
    });
  }

  #admit(socket: Socket): void {
    const connection = new Connection(++this.accepted, this.#options.door, socket, this.#options.clock.now());
    this.connections.add(connection);
    socket.once('close', () => this.#gone(connection));
    socket.on('error', ignore); // what a client does to its socket is its own affair; 'close' follows
    if (this.connections.size >= this.#options.maxConnections && this.#state === 'open') this.#shut();
  }

  #gone(connection: Connection): void {
    this.connections.delete(connection);
    for (const request of [...connection.underWay]) request.clientLeft();
    if (this.#state === 'full' && this.connections.size <= this.#options.maxConnections * REOPEN_SHARE) this.#reopen();
  }

  /** Stops accepting, so that the other listeners keep descriptors; living connections live on. */
  #shut(): void {
    this.#state = 'full';
    this.#net.close();
    this.#options.onDoor('full', this.connections.size);
  }

  #reopen(): void {
    const { clock, onDoor } = this.#options;
    this.#state = 'port-lost'; // until it is taken back
    this.#listen().then(
      () => onDoor('open', this.connections.size),
      () => {
        onDoor('port-lost', this.connections.size);
        clock.after(RETRY_MS, () => this.#state === 'port-lost' && this.#reopen());
      },
    );
  }

  #malformed(error: NodeJS.ErrnoException, socket: Socket): void {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
    sendMalformed(
      socket,
      status,
      status === 431
        ? `the head of a request must not be longer than ${MAX_HEADER_BYTES} bytes`
        : `this is not an HTTP/1.1 request: ${error.message}`,
    );
    this.#options.onMalformed(connectionOf(socket), status);
  }
}

function ignore(): void {}
