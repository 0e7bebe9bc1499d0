// Every code the admin API may refuse with, and its HTTP status.

export type AdminCode =
  | 'malformed'
  | 'validation_failed'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'unknown_profile'
  | 'unknown_scenario'
  | 'method_not_allowed'
  | 'conflict'
  | 'rule_exists'
  | 'verification_failed'
  | 'evidence_evicted'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'misdirected'
  | 'too_many_rules'
  | 'cannot_be_armed'
  | 'unknown_catalog'
  | 'invalid_catalog'
  | 'too_many_concurrent'
  | 'too_much_evidence'
  | 'world_unknown'
  | 'world_deleted'
  | 'too_many_worlds'
  | 'no_door'
  | 'no_record'
  | 'door_stuck'
  | 'internal'
  | 'shutting_down';

export const STATUSES: Readonly<Record<AdminCode, number>> = {
  malformed: 400, // what cannot be read; shown as validation_failed
  validation_failed: 422, // what can be read, and cannot be had
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  unknown_profile: 404,
  unknown_scenario: 404,
  world_unknown: 404,
  method_not_allowed: 405,
  conflict: 409,
  rule_exists: 409,
  verification_failed: 409,
  evidence_evicted: 409,
  world_deleted: 410,
  payload_too_large: 413,
  unsupported_media_type: 415,
  misdirected: 421,
  too_much_evidence: 422,
  too_many_rules: 422,
  cannot_be_armed: 422, // the server cannot do here and now what the kind's signature says
  no_door: 422, // it acts on connections, and the world has no door of its own
  unknown_catalog: 422,
  invalid_catalog: 422,
  too_many_concurrent: 429,
  too_many_worlds: 503,
  no_record: 503, // the folder for records cannot be written
  door_stuck: 503, // what was asked is done, and a door is not back
  internal: 500,
  shutting_down: 503,
};

/** A refusal with a code of its own is one of validation. */
export function statusOf(code: string): number {
  return Object.hasOwn(STATUSES, code) ? STATUSES[code as AdminCode] : STATUSES.validation_failed;
}

/** What stands in the problem document. */
export function publicCode(code: string): string {
  return code === 'malformed' ? 'validation_failed' : code;
}

export function isRetryable(code: string): boolean {
  return statusOf(code) === 429 || statusOf(code) >= 500;
}
