// Makes entries, each kind by one object literal, so that all of a kind have one shape in memory.
import type { ConnectionEntry, EventEntry, ExchangeEntry } from './entry.ts';

const NO_DRAWS: readonly never[] = Object.freeze([]);

export type ExchangeHead = Pick<
  ExchangeEntry,
  | 'requestId'
  | 'at'
  | 'door'
  | 'connection'
  | 'remote'
  | 'client'
  | 'operation'
  | 'method'
  | 'url'
  | 'idempotencyKey'
  | 'attempt'
  | 'traceparent'
  | 'about'
>;

/** Of a request whose head has arrived. */
export function newExchange(head: ExchangeHead): ExchangeEntry {
  return {
    kind: 'exchange',
    seq: 0,
    requestId: head.requestId,
    at: head.at,
    door: head.door,
    connection: head.connection,
    remote: head.remote,
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
    about: head.about,
    endedAt: null,
    ended: null,
    hits: NO_DRAWS,
    spared: NO_DRAWS,
    inapplicable: NO_DRAWS,
    limited: NO_DRAWS,
  };
}

/** Of a connection that rules have a say in; `at`: when it was accepted. */
export function newConnection(about: Pick<ConnectionEntry, 'at' | 'door' | 'connection' | 'remote'>): ConnectionEntry {
  return {
    kind: 'connection',
    seq: 0,
    at: about.at,
    door: about.door,
    connection: about.connection,
    remote: about.remote,
    endedAt: null,
    ended: null,
    hits: NO_DRAWS,
    spared: NO_DRAWS,
    inapplicable: NO_DRAWS,
    limited: NO_DRAWS,
  };
}

/** Of something that the box office said; `at`: when it said so. */
export function newEvent(about: Omit<EventEntry, 'kind' | 'seq'>): EventEntry {
  return {
    kind: 'event',
    seq: 0,
    at: about.at,
    happened: about.happened,
    boxOfficeAt: about.boxOfficeAt,
    session: about.session,
    client: about.client,
    reservation: about.reservation,
    order: about.order,
    externalRef: about.externalRef,
    seats: about.seats,
    amount: about.amount,
  };
}
