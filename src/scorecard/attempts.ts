// Entries of a journal as a judge sees them: attempts and happenings, in milliseconds since the origin of the evidence.
import { newAbout, sessionOf } from '../journal/about.ts';
import type { EventEntry, ExchangeEntry } from '../journal/entry.ts';
import type { OwnedAttempt } from './attempt-rows.ts';
import type { Happened } from './evidence.ts';

/** Nothing is said about it that its method and URL do not say. */
const PLAIN = newAbout();

const TRACE_ID = /^[0-9a-f]{2}-([0-9a-f]{32})-/;

/** What method and URL say. */
interface Said {
  readonly method: string;
  readonly fingerprint: string;
  readonly session: string | null;
}

/** URLs that are looked up, since most reads ask for few; then they are read anew. */
const MAX_LOOKED_UP = 4096;

/** Entries of one journal, or of one record, as attempts. */
export class Attempts {
  /** Epoch milliseconds. */
  readonly #origin: number;
  /** By URL. */
  readonly #said = new Map<string, Said>();

  constructor(origin: number) {
    this.#origin = origin;
  }

  of(entry: ExchangeEntry): OwnedAttempt {
    const origin = this.#origin;
    const about = entry.about ?? PLAIN;
    const said = about.fingerprint !== null && about.session !== null ? undefined : this.#saidBy(entry);
    return {
      requestId: entry.requestId,
      client: entry.client,
      at: entry.at - origin,
      endedAt: since(origin, entry.endedAt),
      ended: entry.ended,
      firstByteAt: since(origin, entry.firstByteAt),
      workedAt: since(origin, entry.workedAt),
      status: entry.status,
      operation: entry.operation,
      method: entry.method,
      connection: entry.connection,
      idempotencyKey: entry.idempotencyKey,
      declared: entry.attempt,
      invocation: about.invocation,
      traceId: (entry.traceparent && TRACE_ID.exec(entry.traceparent)?.[1]) ?? null,
      fingerprint: about.fingerprint ?? askedFor(said as Said, about.externalRef),
      code: about.code,
      retryAfterMs: about.retryAfterMs,
      isWrongType: about.isWrongType,
      isConditional: about.isConditional,
      isReplay: about.isReplay,
      isHit: entry.hits.length > 0,
      session: about.session ?? (said as Said).session,
      reservation: about.reservation,
      order: about.order,
      externalRef: about.externalRef,
      customer: about.customer,
    };
  }

  #saidBy({ method, url }: ExchangeEntry): Said {
    const known = this.#said.get(url);
    if (known?.method === method) return known;
    if (this.#said.size === MAX_LOOKED_UP) this.#said.clear();
    const said = { method, fingerprint: `${method} ${url}`, session: sessionOf({ about: null, url }) };
    this.#said.set(url, said);
    return said;
  }
}

/** Which order is asked for by its reference is not kept in the URL. */
const askedFor = ({ fingerprint }: Said, externalRef: string | null): string =>
  externalRef === null ? fingerprint : `${fingerprint} ${externalRef}`;

const since = (origin: number, time: number | null): number | null => (time === null ? null : time - origin);

/** `origin` in epoch milliseconds. */
export function happenedOf(entry: EventEntry, origin: number): Happened<string> {
  const { happened, boxOfficeAt, session, reservation, order, externalRef, seats } = entry;
  return { at: entry.at - origin, happened, boxOfficeAt, session, reservation, order, externalRef, seats };
}
