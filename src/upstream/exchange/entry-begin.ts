// The journal entry of a request or of a connection, as it begins.
import { ANONYMOUS } from '../../base/client-names.ts';
import type { ExchangeEntry } from '../../journal/entry.ts';
import { CONNECT } from '../../wire/arrival.ts';
import type { Connection } from '../../wire/connection/connection.ts';
import { UNMATCHED } from '../operations/segments.ts';

type EntryHead = Pick<
  ExchangeEntry,
  'requestId' | 'at' | 'client' | 'operation' | 'method' | 'url' | 'idempotencyKey' | 'attempt' | 'traceparent'
> & {
  readonly connection: Connection;
};

/** What is known of a request from its head; the rest comes as it happens. */
export function openEntry(head: EntryHead, kind: ExchangeEntry['kind'] = 'exchange'): ExchangeEntry {
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
    inapplicable: NO_DRAWS,
    limited: NO_DRAWS,
  };
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
