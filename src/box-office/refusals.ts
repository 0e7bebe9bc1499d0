// The noes of the box office, each by its public code.
import { Refusal } from '../base/refusal.ts';

export type BoxOfficeCode =
  | 'not_found'
  | 'validation_failed'
  | 'access_code_required'
  | 'access_code_invalid'
  | 'payment_failed'
  | 'payment_outstanding'
  | 'payment_ended'
  | 'challenge_answered'
  | 'seat_unavailable'
  | 'not_on_sale'
  | 'order_already_completed'
  | 'reservation_already_ordered'
  | 'reservation_expired'
  | 'limit_reached'
  | 'discount_invalid'
  | 'idempotency_in_progress'
  | 'idempotency_key_reused';

/** A refusal of the box office; `facts` become members of the problem document (`seats` of `seat_unavailable`). */
export function refuse(
  code: BoxOfficeCode,
  message: string,
  facts?: Readonly<Record<string, unknown>>,
): Refusal<BoxOfficeCode> {
  return new Refusal(code, message, facts);
}
