// Answers that faults give in the place of the upstream: problem documents, like its own.
import { PROBLEM_TYPE, problem } from '../base/problem.ts';
import type { Arrival } from '../wire/arrival.ts';
import type { Header, Reply } from '../wire/reply.ts';

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

/** Statuses that never have a body (RFC 9110 6.4.1). */
const BODILESS = new Set([204, 205, 304]);

/** A whole answer with this status; without a text it says what the upstream itself would say. */
export function errorReply(status: number, arrival: Arrival, headers: readonly Header[] = [], text?: string): Reply {
  const common: Header[] = [['X-Request-Id', arrival.requestId], ['Cache-Control', 'no-store'], ...headers];
  if (BODILESS.has(status)) return { status, headers: common, body: '' };
  if (text !== undefined)
    return {
      status,
      headers: [
        ['Content-Type', isJson(text) ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8'],
        ...common,
      ],
      body: text,
    };
  if (status < 400)
    return { status, headers: [['Content-Type', 'application/json; charset=utf-8'], ...common], body: '{}' };
  const { code, retryable } =
    CODES[status] ??
    (status < 500 ? { code: 'validation_failed', retryable: false } : { code: 'internal', retryable: true });
  const detail = retryable ? 'The upstream cannot answer this now.' : 'The upstream does not accept this.';
  const document = problem({ status, code, detail, instance: arrival.path, requestId: arrival.requestId, retryable });
  return { status, headers: [['Content-Type', PROBLEM_TYPE], ...common], body: JSON.stringify(document) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
