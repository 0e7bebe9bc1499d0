// Receives a request: which operation, which client, and the journal entry that begins with it.
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../base/clock.ts';
import type { ExchangeEntry } from '../journal/entry.ts';
import { redactUrl } from '../journal/redact-url.ts';
import { type Arrival, CONNECT } from '../wire/arrival.ts';
import type { Connection } from '../wire/connection.ts';
import { ANONYMOUS, type Clients, type Identity } from './clients.ts';
import { type Matched, matchOperation } from './segments.ts';

/** What operations that do not exist are called in rules, journal and metrics. */
export const UNMATCHED = 'unmatched';

/** A request whose head has been read. */
export interface Received {
  readonly entry: ExchangeEntry;
  readonly matched: Matched | undefined;
  readonly authorized: boolean;
  /** Path and query as sent, without a scheme and host that a proxy may put before it. */
  readonly url: string;
  readonly path: string;
  /** Without `?`. */
  readonly search: string;
}

interface ReceptionSettings {
  readonly clients: Clients;
  readonly clock: Clock;
  readonly requestIdPrefix: string;
}

/** Who asks over a socket of our own crowd. */
const FLOOD: Identity = { client: 'flood', authorized: true };

const ACCEPTABLE_ID = /^[\x21-\x7e]{1,128}$/;

export function createReception({ clients, clock, requestIdPrefix }: ReceptionSettings) {
  let made = 0;
  const requestIdOf = (given: string | string[] | undefined): string =>
    typeof given === 'string' && ACCEPTABLE_ID.test(given) ? given : requestIdPrefix + (++made).toString(36);

  return (request: IncomingMessage, connection: Connection): Received => {
    const { headers, method = 'GET' } = request;
    const url = originForm(request.url ?? '/');
    const query = url.indexOf('?');
    const path = query < 0 ? url : url.slice(0, query);
    const matched = matchOperation(method, path);
    const { client, authorized } = connection.flood
      ? FLOOD
      : clients.identify(headers.authorization, single(headers['x-api-key']) ?? undefined);
    const entry = openEntry({
      requestId: requestIdOf(headers['x-request-id']),
      at: clock.now(),
      connection,
      client,
      operation: matched ? matched.operation.name : UNMATCHED,
      method,
      url: redactUrl(url),
      idempotencyKey: single(headers['idempotency-key']),
      attempt: attemptOf(headers),
      traceparent: single(headers.traceparent),
    });
    return { entry, matched, authorized, url, path, search: query < 0 ? '' : url.slice(query + 1) };
  };
}

type EntryHead = Pick<
  ExchangeEntry,
  'requestId' | 'at' | 'client' | 'operation' | 'method' | 'url' | 'idempotencyKey' | 'attempt' | 'traceparent'
> & {
  readonly connection: Connection;
};

function openEntry(head: EntryHead, kind: ExchangeEntry['kind'] = 'exchange'): ExchangeEntry {
  const { connection } = head;
  return {
    kind,
    seq: 0,
    requestId: head.requestId,
    at: head.at,
    door: connection.door,
    connection: connection.id,
    remote: connection.remote,
    client: head.client,
    operation: head.operation,
    method: head.method,
    url: head.url,
    idempotencyKey: head.idempotencyKey,
    attempt: head.attempt,
    traceparent: head.traceparent,
    bytesIn: 0,
    bytesOut: 0,
    status: null,
    workedAt: null,
    firstByteAt: null,
    finAt: null,
    endedAt: null,
    ended: null,
    hits: NO_DRAWS,
    spared: NO_DRAWS,
  };
}

/** The entry of bytes that never became a request, and were answered with this status. */
export function malformedEntry(connection: Connection, status: number, at: number): ExchangeEntry {
  const entry = openEntry({ ...NO_HEAD, connection, at });
  entry.status = status;
  return entry;
}

/** The entry of a connection that rules struck. */
export function connectionEntry(connection: Connection): ExchangeEntry {
  return openEntry({ ...NO_HEAD, connection, at: connection.openedAt, operation: CONNECT }, 'connection');
}

const NO_HEAD = {
  requestId: '',
  client: ANONYMOUS,
  operation: UNMATCHED,
  method: '',
  url: '',
  idempotencyKey: null,
  attempt: null,
  traceparent: null,
} as const;

const NO_DRAWS: readonly never[] = Object.freeze([]);

/** The request as rules see it. */
export function arrivalOf(
  request: IncomingMessage,
  received: Received,
  connection: Connection,
  body: Buffer | undefined,
): Arrival {
  return new RequestArrival(request.headers, received, connection, body);
}

/** A class, so that a held request keeps no closure for its headers. */
class RequestArrival implements Arrival {
  readonly requestId: string;
  readonly at: number;
  readonly operation: string;
  readonly client: string;
  readonly method: string;
  readonly path: string;
  readonly url: string;
  readonly door: string;
  readonly address: string;
  readonly connectionId: number;
  readonly connectedAt: number;
  readonly body: Buffer | undefined;
  readonly #headers: IncomingMessage['headers'];

  constructor(
    headers: IncomingMessage['headers'],
    { entry, url, path }: Received,
    connection: Connection,
    body: Buffer | undefined,
  ) {
    this.requestId = entry.requestId;
    this.at = entry.at;
    this.operation = entry.operation;
    this.client = entry.client;
    this.method = entry.method;
    this.path = path;
    this.url = url;
    this.door = entry.door;
    this.address = entry.remote;
    this.connectionId = connection.id;
    this.connectedAt = connection.openedAt;
    this.body = body;
    this.#headers = headers;
  }

  header(name: string): string | undefined {
    return joined(this.#headers[name]);
  }
}

/** An absolute form, as sent to proxies (RFC 9112 3.2.2), without its scheme and host. */
function originForm(url: string): string {
  if (url.charCodeAt(0) === 0x2f || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

const single = (value: string | string[] | undefined): string | null => (typeof value === 'string' ? value : null);

const joined = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(', ') : value;

/** The number a client gives its own attempt: `X-Attempt: 2`, or `amz-sdk-request: attempt=2; max=3`. */
function attemptOf(headers: IncomingMessage['headers']): number | null {
  const declared = headers['x-attempt'] ?? headers['amz-sdk-request'];
  if (typeof declared !== 'string') return null;
  const digits = /^(?:.*\battempt=)?(\d{1,6})\b/.exec(declared)?.[1];
  return digits === undefined ? null : Number(digits);
}
