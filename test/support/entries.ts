// Journal entries for tests: ordinary ones, of which a test names only what it is about.
import type { ConnectionEntry, ExchangeEntry } from '../../src/journal/entry.ts';
import { newConnection, newExchange } from '../../src/journal/new-entry.ts';
import { MANUAL_EPOCH_MS } from './manual-clock.ts';

export function exchangeEntry(about: Partial<ExchangeEntry> = {}): ExchangeEntry {
  const entry = newExchange({
    requestId: 'request-1',
    at: MANUAL_EPOCH_MS,
    door: 'main',
    connection: 1,
    remote: '127.0.0.1',
    client: 'seller-a',
    operation: 'listSessions',
    method: 'GET',
    url: '/v1/sessions',
    idempotencyKey: null,
    attempt: null,
    traceparent: null,
  });
  return Object.assign(entry, about);
}

export function connectionEntry(about: Partial<ConnectionEntry> = {}): ConnectionEntry {
  const entry = newConnection({ at: MANUAL_EPOCH_MS, door: 'main', connection: 1, remote: '127.0.0.1' });
  return Object.assign(entry, about);
}
