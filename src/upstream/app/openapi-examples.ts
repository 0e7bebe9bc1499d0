// An example of every code's problem document, for the OpenAPI document.
import { problem } from '../../base/problem.ts';
import { OPERATIONS } from '../operations/operations.ts';
import { type Code, isRetryable, STATUSES } from '../statuses.ts';
import { refusalsOf } from './openapi-problems.ts';
import type { Json } from './openapi-schemas.ts';

const DETAILS: Readonly<Record<Code, string>> = {
  validation_failed: 'customerRef: is needed',
  idempotency_key_missing: 'This operation needs an Idempotency-Key header.',
  unauthorized: 'A key is needed: Authorization: Bearer KEY, or X-Api-Key: KEY.',
  payment_failed: 'Payment "bank-4711" was declined; the order goes on waiting.',
  payment_outstanding: 'Order o-1 is not paid yet: its payment is open.',
  seller_disabled: 'This seller may not sell at the moment.',
  access_code_required: 'Session s-1 is in presale.',
  access_code_invalid: 'The access code opens no presale.',
  not_found: 'There is no order "o-1".',
  method_not_allowed: 'PUT is not among the methods of this path.',
  seat_unavailable: 'Not free: C-7.',
  not_on_sale: 'Session s-1 is scheduled.',
  order_already_completed: 'Order o-1 is completed.',
  reservation_already_ordered: 'Reservation r-1 has an order already.',
  idempotency_in_progress: 'The request with this Idempotency-Key is still at work.',
  challenge_answered: 'Attempt 1 of payment p-1 has been answered already.',
  world_unknown: 'There is no world "team-a".',
  reservation_expired: 'Reservation r-1 is expired: its seats are no longer held.',
  payment_ended: 'Payment p-1 is succeeded.',
  world_deleted: 'World team-a has been deleted.',
  payload_too_large: 'A body may have at most 65536 bytes.',
  idempotency_key_reused: 'This Idempotency-Key was used with another request.',
  limit_reached: 'A customer may hold 4 tickets of one film.',
  discount_invalid: 'The discount code is expired.',
  rate_limited: 'At most 6 requests a second.',
  too_many_concurrent: 'At most 20 requests at once.',
  internal: 'Something went wrong here. The request may have had an effect.',
  overloaded: 'The upstream has more to do than it can.',
  too_many_worlds: 'There are 1000 worlds, and all are in use.',
  maintenance: 'The upstream is down for maintenance.',
};

/** What some codes say besides. */
const FACTS: Partial<Record<Code, Json>> = {
  validation_failed: { errors: [{ path: 'customerRef', message: 'is needed' }] },
  seat_unavailable: { seats: ['C-7'] },
};

/** One of each code that any operation may answer with, by its name. */
export function problemExamples(): Json {
  const codes = new Set(OPERATIONS.flatMap(refusalsOf));
  return Object.fromEntries([...codes].map((code) => [code, { summary: DETAILS[code], value: exampleOf(code) }]));
}

function exampleOf(code: Code): object {
  const facts = FACTS[code];
  const asked = { instance: '/v1/orders/o-1', requestId: 'req_7_42' };
  const parts = { status: STATUSES[code], code, detail: DETAILS[code], retryable: isRetryable(code), ...asked };
  return problem(facts ? { ...parts, facts } : parts);
}
