// Answers that faults give in the place of the upstream: problem documents, like its own.
import { PROBLEM_TYPE, problem } from '../base/problem.ts';
import type { Header, Reply } from '../wire/answer/reply.ts';
import type { Arrival } from '../wire/arrival.ts';

/** The public error code that goes with a status; any other status shows the general code of its class. */
const CODES: Readonly<Record<number, { code: string; retryable: boolean }>> = {
  401: { code: 'unauthorized', retryable: false },
  402: { code: 'payment_failed', retryable: false },
  403: { code: 'seller_disabled', retryable: false },
  404: { code: 'not_found', retryable: false },
  409: { code: 'seat_unavailable', retryable: false },
  410: { code: 'reservation_expired', retryable: false },
  413: { code: 'payload_too_large', retryable: false },
  422: { code: 'limit_reached', retryable: false },
  429: { code: 'rate_limited', retryable: true },
  503: { code: 'overloaded', retryable: true },
};

export const JSON_TYPE = 'application/json; charset=utf-8';
export const HTML_TYPE = 'text/html; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';

/** Statuses that never have a body (RFC 9110 6.4.1). */
const BODILESS = new Set([204, 205, 304]);

/** A whole answer with this status; without a text it says what the upstream itself would say. */
export function errorReply(status: number, arrival: Arrival, headers: readonly Header[] = [], text?: string): Reply {
  if (BODILESS.has(status)) {
    const [, ...typeless] = whole(status, '', '', arrival, headers).headers;
    return { status, headers: typeless, body: '' };
  }
  if (text !== undefined) return whole(status, isJson(text) ? JSON_TYPE : TEXT_TYPE, text, arrival, headers);
  if (status < 400) return whole(status, JSON_TYPE, '{}', arrival, headers);
  return problemReply(usuallySaid(status), arrival, headers);
}

/** What the upstream itself would say with this error status. */
export function usuallySaid(status: number): Said {
  const said =
    CODES[status] ??
    (status < 500 ? { code: 'validation_failed', retryable: false } : { code: 'internal', retryable: true });
  const detail = said.retryable ? 'The upstream cannot answer this now.' : 'The upstream does not accept this.';
  return { status, ...said, detail };
}

/** What a problem document says beside the request's own path and id. */
export interface Said {
  readonly status: number;
  readonly code: string;
  readonly retryable: boolean;
  readonly detail: string;
}

export function problemReply(said: Said, arrival: Arrival, headers: readonly Header[] = []): Reply {
  const document = problem({ ...said, instance: arrival.base + arrival.path, requestId: arrival.requestId });
  return whole(said.status, PROBLEM_TYPE, JSON.stringify(document), arrival, headers);
}

/** A whole answer that nobody may keep. */
export function whole(
  status: number,
  type: string,
  body: string,
  { requestId }: Arrival,
  headers: readonly Header[] = [],
): Reply {
  const common: Header[] = [
    ['Content-Type', type],
    ['X-Request-Id', requestId],
    ['Cache-Control', 'no-store'],
  ];
  return { status, headers: [...common, ...headers], body };
}

/** RFC 9110 10.2.3 in delay-seconds: whole ones, rounded up, and never "at once". */
export const retryAfter = (waitMs: number): Header => ['Retry-After', String(wholeSeconds(waitMs))];

export const wholeSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
