// Reads HTTP from a door's sockets, and hands on all that arrives: also what node would answer or end by itself.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import { type Connection, connectionOf } from './connection.ts';
import { drain } from './draining.ts';

/** Not imported: an ES module's import of node:http also loads a whole HTTP client, a seventh of the time to start. */
const http = process.getBuiltinModule('node:http');

/** Longest head of a request; more is a 431. */
export const MAX_HEADER_BYTES = 16_384;

/** Why a request is not served, whatever it asks for; its connection is closed after the answer. */
export interface Refused {
  readonly status: 400 | 405 | 413 | 417 | 431;
  readonly detail: string;
  /** Of the Allow header, where a status needs one. */
  readonly allow?: string;
}

/** A request, and where its answer goes. */
export interface HttpParts {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly connection: Connection;
  /** Its sender waits for "100 Continue" before it sends the body. */
  readonly expectsContinue: boolean;
  /** By what it is; undefined: nothing is wrong with it as far as HTTP goes. */
  readonly refused: Refused | undefined;
}

export type OnRequest = (parts: HttpParts) => void;

/** Emitted on a request, with the Refused, when its body turns out to be no body. */
export const BODY_BROKEN = Symbol('body-broken');
type Broken = IncomingMessage & { [BODY_BROKEN]?: Refused };

/** The same for whoever comes to read it later. */
export const brokenBody = (request: IncomingMessage): Refused | undefined => (request as Broken)[BODY_BROKEN];

/** What its sockets show that Node keeps there. */
type Parsed = Socket & {
  readonly parser?: { readonly incoming?: IncomingMessage | null } | null;
  readonly _httpMessage?: ServerResponse | null;
  [DEAF]?: true;
};
const DEAF = Symbol('deaf');

/** An http server that never listens: its own time-outs are inert, so none is mistaken for the client's. */
export function createHttp(onRequest: OnRequest, clock: Clock) {
  const server = http.createServer({
    requestTimeout: 0,
    headersTimeout: 0,
    keepAliveTimeout: 0,
    maxHeaderSize: MAX_HEADER_BYTES,
    requireHostHeader: false, // who receives the request looks, so that its rules see it
  });
  const hand = (
    request: IncomingMessage,
    response: ServerResponse,
    refused?: Refused,
    expectsContinue = false,
  ): void => {
    const connection = connectionOf(request.socket);
    const parts = { request, response, connection, expectsContinue, refused };
    if (connection.backlog) connection.backlog.add(() => onRequest(parts));
    else onRequest(parts);
  };

  (server as HalfOpen).httpAllowHalfOpen = true; // the end of a client's side is our connection's affair
  server.on('request', (request, response) => hand(request, response));
  server.on('checkContinue', (request, response) => hand(request, response, undefined, true));
  server.on('checkExpectation', (request, response) => hand(request, response, unmet(request)));
  server.on('connect', (request, socket) => {
    deafen(socket as Socket, clock);
    handOwn(request, socket as Socket, NO_PROXY, hand);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    malformed(error, socket as Socket, { hand, clock }),
  );
  return server;
}

/** Known to node, and to its types not. */
type HalfOpen = Server & { httpAllowHalfOpen: boolean };

type Hand = (request: IncomingMessage, response: ServerResponse, refused: Refused) => void;

/** The client has shut its side within a request. */
const ENDED_WITHIN = 'HPE_INVALID_EOF_STATE';
/** A socket that broke, or ended within a request. */
const LEFT: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', ENDED_WITHIN]);
/** What comes after a request that has asked for the end of the connection is not read (RFC 9112 9.6). */
const AFTER_THE_LAST = 'HPE_CLOSED_CONNECTION';

function malformed(error: NodeJS.ErrnoException, socket: Parsed, { hand, clock }: { hand: Hand; clock: Clock }): void {
  const { code = '' } = error;
  if (socket[DEAF]) {
    if (connectionOf(socket).underWay.length === 0) socket.end(); // the client has shut its side: node asks its parser once more
    return;
  }
  const begun = socket.parser?.incoming;
  if (LEFT.has(code) || !socket.writable) {
    const othersWait = code === ENDED_WITHIN && (!begun || begun.complete) && connectionOf(socket).underWay.length > 0;
    if (!othersWait) socket.destroy();
    return;
  }
  deafen(socket, clock);
  if (code === AFTER_THE_LAST) return;
  const refused = wrongBytes(error);
  if (begun && !begun.complete) {
    (begun as Broken)[BODY_BROKEN] = refused;
    begun.emit(BODY_BROKEN, refused);
  } else handOwn(headless(socket), socket, refused, hand);
}

function wrongBytes({ code, message }: NodeJS.ErrnoException): Refused {
  if (code === 'HPE_HEADER_OVERFLOW')
    return { status: 431, detail: `the head of a request must not be longer than ${MAX_HEADER_BYTES} bytes` };
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW')
    return { status: 413, detail: 'the extensions of a chunk must not be longer than 16384 bytes' };
  if (code === 'HPE_PAUSED_H2_UPGRADE') return { status: 400, detail: 'HTTP/2 is not spoken here; HTTP/1.1 is' };
  return { status: 400, detail: `this is not an HTTP/1.1 request: ${message}` };
}

const NO_PROXY: Refused = {
  status: 405,
  detail: 'CONNECT is for proxies, and this is none.',
  allow: 'GET, HEAD, POST, DELETE, OPTIONS',
};

const unmet = ({ headers }: IncomingMessage): Refused => ({
  status: 417,
  detail: `nothing is known here of the expectation ${JSON.stringify(headers.expect?.slice(0, 80))}; known: 100-continue`,
});

/** Hands on what node made no response for; it has its turn behind those that node knows. */
function handOwn(request: IncomingMessage, socket: Socket, refused: Refused, hand: Hand): void {
  const response = new http.ServerResponse(request);
  hand(request, response, refused);
  takeTurn(response, socket);
}

function takeTurn(response: ServerResponse, socket: Parsed): void {
  const before = socket._httpMessage;
  if (before) before.once('finish', () => takeTurn(response, socket));
  else if (socket.writable) response.assignSocket(socket);
}

/** The request of bytes that have no readable head. */
function headless(socket: Socket): IncomingMessage {
  const request = new http.IncomingMessage(socket);
  request.method = '';
  request.httpVersionMajor = 1;
  request.httpVersionMinor = 1;
  return request;
}

/** What still comes in is dropped: nobody knows any more where a request would begin. */
function deafen(socket: Parsed, clock: Clock): void {
  socket[DEAF] = true;
  socket.removeAllListeners('data');
  drain(socket, clock);
  socket.resume();
}
