// Every public error code of the upstream: its HTTP status, and whether asking again may help.
import type { BoxOfficeCode } from '../box-office/refusals.ts';

/** What the way to the box office may refuse, besides what the box office itself does. */
export type Code =
  | BoxOfficeCode
  | 'idempotency_key_missing'
  | 'unauthorized'
  | 'seller_disabled'
  | 'method_not_allowed'
  | 'payload_too_large'
  | 'rate_limited'
  | 'too_many_concurrent'
  | 'internal'
  | 'overloaded'
  | 'world_unknown'
  | 'world_deleted'
  | 'too_many_worlds'
  | 'maintenance';

export const STATUSES: Readonly<Record<Code, number>> = {
  validation_failed: 400,
  idempotency_key_missing: 400,
  unauthorized: 401,
  payment_failed: 402,
  payment_outstanding: 402,
  seller_disabled: 403,
  access_code_required: 403,
  access_code_invalid: 403,
  not_found: 404,
  method_not_allowed: 405,
  seat_unavailable: 409,
  not_on_sale: 409,
  order_already_completed: 409,
  reservation_already_ordered: 409,
  idempotency_in_progress: 409,
  challenge_answered: 409,
  world_unknown: 404,
  reservation_expired: 410,
  payment_ended: 410,
  world_deleted: 410,
  payload_too_large: 413,
  idempotency_key_reused: 422,
  limit_reached: 422,
  discount_invalid: 422,
  rate_limited: 429,
  too_many_concurrent: 429,
  internal: 500,
  overloaded: 503,
  too_many_worlds: 503,
  maintenance: 503,
};

/** In the order of the table. */
export const CODES = Object.keys(STATUSES) as readonly Code[];

const RETRYABLE: ReadonlySet<Code> = new Set<Code>([
  'payment_outstanding',
  'idempotency_in_progress',
  'rate_limited',
  'too_many_concurrent',
  'internal',
  'overloaded',
  'too_many_worlds',
  'maintenance',
]);

/** True when the same request may succeed later. */
export function isRetryable(code: Code): boolean {
  return RETRYABLE.has(code);
}

export function isCode(code: string): code is Code {
  return Object.hasOwn(STATUSES, code);
}
