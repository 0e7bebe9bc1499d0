// Journal entries for tests: ordinary ones, of which a test names only what it is about.
import type { ConnectionEntry, EventEntry, ExchangeEntry } from '../../src/journal/entry.ts';
import { newConnection, newEvent, newExchange } from '../../src/journal/new-entry.ts';
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
    about: null,
  });
  return Object.assign(entry, about);
}

export function connectionEntry(about: Partial<ConnectionEntry> = {}): ConnectionEntry {
  const entry = newConnection({ at: MANUAL_EPOCH_MS, door: 'main', connection: 1, remote: '127.0.0.1' });
  return Object.assign(entry, about);
}

export function eventEntry(about: Partial<EventEntry> = {}): EventEntry {
  const entry = newEvent({
    at: MANUAL_EPOCH_MS,
    happened: 'reserved',
    boxOfficeAt: MANUAL_EPOCH_MS,
    session: 's-1',
    client: 'seller-a',
    reservation: 'r-1',
    order: null,
    externalRef: null,
    seats: 1,
    amount: null,
  });
  return Object.assign(entry, about);
}
