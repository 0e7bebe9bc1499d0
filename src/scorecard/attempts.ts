// Entries of the journal as a judge sees them: attempts and happenings, in milliseconds since the origin of the evidence.
import { newAbout, sessionOf } from '../journal/about.ts';
import type { EventEntry, ExchangeEntry } from '../journal/entry.ts';
import type { OwnedAttempt } from './attempt-rows.ts';
import type { Happened } from './evidence.ts';

/** Nothing is said about it that its method and URL do not say. */
const PLAIN = newAbout();

const TRACE_ID = /^[0-9a-f]{2}-([0-9a-f]{32})-/;

/** `origin` in epoch milliseconds. */
export function attemptOf(entry: ExchangeEntry, origin: number): OwnedAttempt {
  const about = entry.about ?? PLAIN;
  const since = (time: number | null): number | null => (time === null ? null : time - origin);
  return {
    requestId: entry.requestId,
    client: entry.client,
    at: entry.at - origin,
    endedAt: since(entry.endedAt),
    ended: entry.ended,
    firstByteAt: since(entry.firstByteAt),
    workedAt: since(entry.workedAt),
    status: entry.status,
    operation: entry.operation,
    method: entry.method,
    connection: entry.connection,
    idempotencyKey: entry.idempotencyKey,
    declared: entry.attempt,
    invocation: about.invocation,
    traceId: (entry.traceparent && TRACE_ID.exec(entry.traceparent)?.[1]) ?? null,
    fingerprint: about.fingerprint ?? `${entry.method} ${entry.url}`,
    code: about.code,
    retryAfterMs: about.retryAfterMs,
    isWrongType: about.isWrongType,
    isConditional: about.isConditional,
    isReplay: about.isReplay,
    isHit: entry.hits.length > 0,
    session: sessionOf(entry),
    reservation: about.reservation,
    order: about.order,
    externalRef: about.externalRef,
    customer: about.customer,
  };
}

/** `origin` in epoch milliseconds. */
export function happenedOf(entry: EventEntry, origin: number): Happened<string> {
  const { happened, boxOfficeAt, session, reservation, order, externalRef, seats } = entry;
  return { at: entry.at - origin, happened, boxOfficeAt, session, reservation, order, externalRef, seats };
}
